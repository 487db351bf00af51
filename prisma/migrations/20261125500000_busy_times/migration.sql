-- CreateEnum
CREATE TYPE "CalendarOutage" AS ENUM ('refuse', 'accept_fresh');

-- CreateTable
CREATE TABLE "CalendarRules" (
    "userId" UUID NOT NULL,
    "openStatuses" TEXT[] DEFAULT ARRAY['free', 'workingElsewhere']::TEXT[],
    "staleAfterMinutes" INTEGER NOT NULL DEFAULT 15,
    "whenUnreachable" "CalendarOutage" NOT NULL DEFAULT 'refuse',
    "readOnly" BOOLEAN NOT NULL DEFAULT false,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "CalendarRules_pkey" PRIMARY KEY ("userId")
);

-- CreateTable
CREATE TABLE "CalendarSync" (
    "connectionId" UUID NOT NULL,
    "wantedAt" TIMESTAMPTZ(3),
    "calendarsReadAt" TIMESTAMPTZ(3),
    "problem" TEXT,

    CONSTRAINT "CalendarSync_pkey" PRIMARY KEY ("connectionId")
);

-- CreateTable
CREATE TABLE "SyncedCalendar" (
    "id" UUID NOT NULL,
    "connectionId" UUID NOT NULL,
    "calendarId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "color" TEXT,
    "isDefault" BOOLEAN NOT NULL,
    "canEdit" BOOLEAN NOT NULL,
    "blocks" BOOLEAN NOT NULL DEFAULT false,
    "isTarget" BOOLEAN NOT NULL DEFAULT false,
    "round" INTEGER NOT NULL DEFAULT 0,
    "roundUnderWay" INTEGER,
    "roundStartedAt" TIMESTAMPTZ(3),
    "windowStart" TIMESTAMPTZ(3),
    "windowEnd" TIMESTAMPTZ(3),
    "nextWindowStart" TIMESTAMPTZ(3),
    "nextWindowEnd" TIMESTAMPTZ(3),
    "nextLink" TEXT,
    "deltaLink" TEXT,
    "syncedAt" TIMESTAMPTZ(3),
    "changedAt" TIMESTAMPTZ(3),
    "problem" TEXT,
    "problemSince" TIMESTAMPTZ(3),
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "nextPollAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "askedAt" TIMESTAMPTZ(3),
    "leaseId" UUID,
    "leaseUntil" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "SyncedCalendar_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "BusyInterval" (
    "syncedCalendarId" UUID NOT NULL,
    "round" INTEGER NOT NULL,
    "eventId" TEXT NOT NULL,
    "seriesId" TEXT,
    "kind" TEXT NOT NULL,
    "startsAt" TIMESTAMPTZ(3) NOT NULL,
    "endsAt" TIMESTAMPTZ(3) NOT NULL,
    "isAllDay" BOOLEAN NOT NULL DEFAULT false,
    "showAs" TEXT NOT NULL,
    "isOwn" BOOLEAN NOT NULL DEFAULT false,
    "isStale" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "BusyInterval_pkey" PRIMARY KEY ("syncedCalendarId","round","eventId")
);

-- CreateIndex
CREATE INDEX "SyncedCalendar_nextPollAt_idx" ON "SyncedCalendar"("nextPollAt");

-- CreateIndex
CREATE UNIQUE INDEX "SyncedCalendar_connectionId_calendarId_key" ON "SyncedCalendar"("connectionId", "calendarId");

-- CreateIndex
CREATE INDEX "Meeting_calendarEventId_idx" ON "Meeting"("calendarEventId");

-- AddForeignKey
ALTER TABLE "CalendarRules" ADD CONSTRAINT "CalendarRules_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "CalendarSync" ADD CONSTRAINT "CalendarSync_connectionId_fkey" FOREIGN KEY ("connectionId") REFERENCES "MeetingProviderConnection"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SyncedCalendar" ADD CONSTRAINT "SyncedCalendar_connectionId_fkey" FOREIGN KEY ("connectionId") REFERENCES "MeetingProviderConnection"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "BusyInterval" ADD CONSTRAINT "BusyInterval_syncedCalendarId_fkey" FOREIGN KEY ("syncedCalendarId") REFERENCES "SyncedCalendar"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What Prisma has no words for: every visitor's question is about a stretch of time.
ALTER TABLE "BusyInterval" ADD CONSTRAINT "BusyInterval_in_order" CHECK ("startsAt" <= "endsAt");
CREATE INDEX "BusyInterval_during_idx" ON "BusyInterval"
  USING gist ("syncedCalendarId", "round", tstzrange("startsAt", "endsAt"));

-- Whoever is connected already is read at once.
INSERT INTO "CalendarSync" ("connectionId") SELECT id FROM "MeetingProviderConnection";
