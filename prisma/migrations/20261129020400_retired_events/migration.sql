-- CreateTable
CREATE TABLE "RetiredEvent" (
    "id" UUID NOT NULL,
    "userId" UUID NOT NULL,
    "meetingId" UUID NOT NULL,
    "eventId" TEXT NOT NULL,
    "iCalUId" TEXT,
    "mailbox" TEXT,
    "hasAttendees" BOOLEAN NOT NULL,
    "startsAt" TIMESTAMPTZ(3) NOT NULL,
    "endsAt" TIMESTAMPTZ(3) NOT NULL,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "problem" TEXT,
    "dueAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "RetiredEvent_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "RetiredEvent_userId_idx" ON "RetiredEvent"("userId");

-- CreateIndex
CREATE INDEX "RetiredEvent_dueAt_idx" ON "RetiredEvent"("dueAt");

-- CreateIndex
CREATE UNIQUE INDEX "RetiredEvent_meetingId_eventId_key" ON "RetiredEvent"("meetingId", "eventId");

-- AddForeignKey
ALTER TABLE "RetiredEvent" ADD CONSTRAINT "RetiredEvent_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "RetiredEvent" ADD CONSTRAINT "RetiredEvent_meetingId_fkey" FOREIGN KEY ("meetingId") REFERENCES "Meeting"("id") ON DELETE CASCADE ON UPDATE CASCADE;
