-- CreateEnum
CREATE TYPE "OutlookChanges" AS ENUM ('apply', 'ask', 'ignore');

-- AlterTable
ALTER TABLE "EventType" ADD COLUMN     "outlookChanges" "OutlookChanges" NOT NULL DEFAULT 'apply';

-- AlterTable
ALTER TABLE "Meeting" ADD COLUMN     "compareDueAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
ADD COLUMN     "compareWantedAt" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "Drift" (
    "id" UUID NOT NULL,
    "userId" UUID NOT NULL,
    "meetingId" UUID NOT NULL,
    "bookingId" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "why" TEXT NOT NULL,
    "startsAt" TIMESTAMPTZ(3),
    "endsAt" TIMESTAMPTZ(3),
    "fingerprint" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "openedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "settledAt" TIMESTAMPTZ(3),

    CONSTRAINT "Drift_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "Drift_userId_state_idx" ON "Drift"("userId", "state");

-- CreateIndex
CREATE INDEX "Drift_meetingId_idx" ON "Drift"("meetingId");

-- CreateIndex
CREATE UNIQUE INDEX "Drift_bookingId_kind_fingerprint_key" ON "Drift"("bookingId", "kind", "fingerprint");

-- CreateIndex
CREATE INDEX "Meeting_compareDueAt_idx" ON "Meeting"("compareDueAt");

-- AddForeignKey
ALTER TABLE "Drift" ADD CONSTRAINT "Drift_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Drift" ADD CONSTRAINT "Drift_meetingId_fkey" FOREIGN KEY ("meetingId") REFERENCES "Meeting"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Drift" ADD CONSTRAINT "Drift_bookingId_fkey" FOREIGN KEY ("bookingId") REFERENCES "Booking"("id") ON DELETE CASCADE ON UPDATE CASCADE;
