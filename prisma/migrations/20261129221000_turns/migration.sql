-- Whose turn it is: since when a host takes turns, and when they were last taken. Bookings of a team are counted by month.
ALTER TABLE "EventTypeHost" ADD COLUMN "joinedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
ADD COLUMN "lastTakenAt" TIMESTAMPTZ(3);

CREATE INDEX "Booking_teamId_createdAt_idx" ON "Booking"("teamId", "createdAt");

-- A booking that is handed over: its event is made in the new host's calendar before the old one goes.
ALTER TABLE "Meeting" ADD COLUMN "calendarOwnerId" UUID;

ALTER TABLE "Booking" ADD COLUMN "handoverCount" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN "handedOverFrom" TEXT,
ADD COLUMN "handoverReason" TEXT;
