-- Whether a connection's automatic replies close its organizer's times, and when they are on.
CREATE TABLE "AutomaticReplies" (
    "connectionId" UUID NOT NULL,
    "closesTimes" BOOLEAN NOT NULL DEFAULT false,
    "startsAt" TIMESTAMPTZ(3),
    "endsAt" TIMESTAMPTZ(3),
    "readAt" TIMESTAMPTZ(3),
    "problem" TEXT,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "nextReadAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "AutomaticReplies_pkey" PRIMARY KEY ("connectionId")
);
CREATE INDEX "AutomaticReplies_nextReadAt_idx" ON "AutomaticReplies"("nextReadAt");
ALTER TABLE "AutomaticReplies" ADD CONSTRAINT "AutomaticReplies_connectionId_fkey" FOREIGN KEY ("connectionId") REFERENCES "MeetingProviderConnection"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "AutomaticReplies" ADD CONSTRAINT "AutomaticReplies_times" CHECK (
    ("startsAt" IS NOT NULL OR "endsAt" IS NULL) AND ("endsAt" IS NULL OR "startsAt" < "endsAt"));

-- Who doesn't want to be shown event types that they could add.
ALTER TABLE "User" ADD COLUMN "declinesProposals" BOOLEAN NOT NULL DEFAULT false;
