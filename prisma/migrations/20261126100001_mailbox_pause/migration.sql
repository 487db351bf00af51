-- AlterTable
ALTER TABLE "MeetingProviderConnection" ADD COLUMN     "pausedUntil" TIMESTAMPTZ(3);
