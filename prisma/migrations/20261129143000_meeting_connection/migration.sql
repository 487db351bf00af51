-- A meeting knows the connection in whose calendar its event is kept.
-- AlterTable
ALTER TABLE "Meeting" ADD COLUMN     "connectionId" UUID;

-- Events so far were written to the calendar of the meeting's own host.
UPDATE "Meeting" m SET "connectionId" = c.id
FROM "MeetingProviderConnection" c
WHERE c."userId" = m."hostId" AND c.provider = 'teams' AND (m."calendarMailbox" IS NOT NULL OR m."calendarEventId" IS NOT NULL);

-- CreateIndex
CREATE INDEX "Meeting_connectionId_idx" ON "Meeting"("connectionId");

-- AddForeignKey
ALTER TABLE "Meeting" ADD CONSTRAINT "Meeting_connectionId_fkey" FOREIGN KEY ("connectionId") REFERENCES "MeetingProviderConnection"("id") ON DELETE SET NULL ON UPDATE CASCADE;
