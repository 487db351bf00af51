-- CreateTable
CREATE TABLE "CalendarSubscription" (
    "connectionId" UUID NOT NULL,
    "subscriptionId" TEXT,
    "secretHash" BYTEA,
    "mailbox" TEXT,
    "notificationUrl" TEXT,
    "expiresAt" TIMESTAMPTZ(3),
    "problem" TEXT,
    "detail" TEXT,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "dueAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "leaseUntil" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "CalendarSubscription_pkey" PRIMARY KEY ("connectionId")
);

-- CreateTable
CREATE TABLE "CalendarNotice" (
    "connectionId" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "eventId" TEXT NOT NULL,
    "receivedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "CalendarNotice_pkey" PRIMARY KEY ("connectionId","kind","eventId")
);

-- CreateIndex
CREATE UNIQUE INDEX "CalendarSubscription_subscriptionId_key" ON "CalendarSubscription"("subscriptionId");

-- CreateIndex
CREATE INDEX "CalendarSubscription_dueAt_idx" ON "CalendarSubscription"("dueAt");

-- CreateIndex
CREATE INDEX "CalendarNotice_receivedAt_idx" ON "CalendarNotice"("receivedAt");

-- AddForeignKey
ALTER TABLE "CalendarSubscription" ADD CONSTRAINT "CalendarSubscription_connectionId_fkey" FOREIGN KEY ("connectionId") REFERENCES "MeetingProviderConnection"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "CalendarNotice" ADD CONSTRAINT "CalendarNotice_connectionId_fkey" FOREIGN KEY ("connectionId") REFERENCES "MeetingProviderConnection"("id") ON DELETE CASCADE ON UPDATE CASCADE;
