-- AlterTable
ALTER TABLE "Meeting" ADD COLUMN     "invitedEmails" TEXT[] DEFAULT ARRAY[]::TEXT[],
ADD COLUMN     "invitingEmails" TEXT[] DEFAULT ARRAY[]::TEXT[],
ADD COLUMN     "options" JSONB,
ADD COLUMN     "optionsOutcome" JSONB;
