-- Columns that are mostly empty: what is not there need not be found, and a new booking writes fewer entries.
-- DropIndex
DROP INDEX "Booking_status_decideBy_idx";

-- DropIndex
DROP INDEX "Booking_teamId_createdAt_idx";

-- DropIndex
DROP INDEX "Booking_teamId_startsAt_idx";

-- DropIndex
DROP INDEX "Meeting_calendarEventId_idx";

-- DropIndex
DROP INDEX "Meeting_connectionId_idx";

-- DropIndex
DROP INDEX "Meeting_iCalUId_idx";

-- CreateIndex
CREATE INDEX "Booking_status_decideBy_idx" ON "Booking"("status", "decideBy") WHERE ("decideBy" IS NOT NULL);

-- CreateIndex
CREATE INDEX "Booking_teamId_startsAt_idx" ON "Booking"("teamId", "startsAt") WHERE ("teamId" IS NOT NULL);

-- CreateIndex
CREATE INDEX "Booking_teamId_createdAt_idx" ON "Booking"("teamId", "createdAt") WHERE ("teamId" IS NOT NULL);

-- CreateIndex
CREATE INDEX "Meeting_calendarEventId_idx" ON "Meeting"("calendarEventId") WHERE ("calendarEventId" IS NOT NULL);

-- CreateIndex
CREATE INDEX "Meeting_iCalUId_idx" ON "Meeting"("iCalUId") WHERE ("iCalUId" IS NOT NULL);

-- CreateIndex
CREATE INDEX "Meeting_connectionId_idx" ON "Meeting"("connectionId") WHERE ("connectionId" IS NOT NULL);
