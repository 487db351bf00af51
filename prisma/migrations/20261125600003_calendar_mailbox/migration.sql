-- AlterTable
ALTER TABLE "Meeting" ADD COLUMN     "calendarMailbox" TEXT;
