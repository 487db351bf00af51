-- CreateTable
CREATE TABLE "SlotHold" (
    "id" UUID NOT NULL,
    "userId" UUID NOT NULL,
    "eventTypeId" UUID NOT NULL,
    "startsAt" TIMESTAMPTZ(3) NOT NULL,
    "endsAt" TIMESTAMPTZ(3) NOT NULL,
    "bufferBeforeMinutes" INTEGER NOT NULL,
    "bufferAfterMinutes" INTEGER NOT NULL,
    "holderHash" BYTEA NOT NULL,
    "networkHash" BYTEA NOT NULL,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "SlotHold_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "SlotHold_holderHash_key" ON "SlotHold"("holderHash");

-- CreateIndex
CREATE INDEX "SlotHold_userId_expiresAt_idx" ON "SlotHold"("userId", "expiresAt");

-- CreateIndex
CREATE INDEX "SlotHold_expiresAt_idx" ON "SlotHold"("expiresAt");

-- AddForeignKey
ALTER TABLE "SlotHold" ADD CONSTRAINT "SlotHold_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SlotHold" ADD CONSTRAINT "SlotHold_eventTypeId_fkey" FOREIGN KEY ("eventTypeId") REFERENCES "EventType"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What Prisma can't say
ALTER TABLE "SlotHold" ADD CONSTRAINT "SlotHold_time" CHECK ("startsAt" < "endsAt");
