-- AlterTable
ALTER TABLE "CalendarSync" ADD COLUMN     "nextListAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
ADD COLUMN     "accountId" TEXT;

-- AlterTable
ALTER TABLE "SyncedCalendar" ADD COLUMN     "hasMeetings" BOOLEAN NOT NULL DEFAULT false,
ALTER COLUMN "nextPollAt" DROP NOT NULL,
ALTER COLUMN "nextPollAt" DROP DEFAULT;

-- CreateIndex
CREATE INDEX "CalendarSync_nextListAt_idx" ON "CalendarSync"("nextListAt");

UPDATE "CalendarSync" s SET "accountId" = c."accountId" FROM "MeetingProviderConnection" c WHERE c.id = s."connectionId";
