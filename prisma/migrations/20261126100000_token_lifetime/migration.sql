-- AlterTable
ALTER TABLE "MeetingProviderConnection" ADD COLUMN     "tokenSeconds" INTEGER;
