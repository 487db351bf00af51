-- CreateEnum
CREATE TYPE "Inviter" AS ENUM ('outlook', 'bellhop');

-- AlterEnum
ALTER TYPE "MailStatus" ADD VALUE 'withdrawn';

-- AlterTable
ALTER TABLE "Booking" ADD COLUMN     "changedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
ADD COLUMN     "changedBy" TEXT NOT NULL DEFAULT 'visitor',
ADD COLUMN     "decideBy" TIMESTAMPTZ(3),
ADD COLUMN     "inviteUid" TEXT,
ADD COLUMN     "mailsDueAt" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "EventType" ADD COLUMN     "approvalHours" INTEGER DEFAULT 48,
ADD COLUMN     "invitations" "Inviter" NOT NULL DEFAULT 'outlook',
ADD COLUMN     "notifications" JSONB NOT NULL DEFAULT '{}';

-- AlterTable
ALTER TABLE "Mail" ADD COLUMN     "leaseUntil" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "Meeting" ADD COLUMN     "invitations" "Inviter" NOT NULL DEFAULT 'outlook';

-- CreateTable
CREATE TABLE "BookingNotice" (
    "bookingId" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "revision" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "BookingNotice_pkey" PRIMARY KEY ("bookingId","kind","revision")
);

-- CreateTable
CREATE TABLE "DecisionLink" (
    "tokenHash" BYTEA NOT NULL,
    "bookingId" UUID NOT NULL,
    "decision" TEXT NOT NULL,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "usedAt" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "DecisionLink_pkey" PRIMARY KEY ("tokenHash")
);

-- CreateIndex
CREATE INDEX "DecisionLink_bookingId_idx" ON "DecisionLink"("bookingId");

-- CreateIndex
CREATE INDEX "Booking_mailsDueAt_idx" ON "Booking"("mailsDueAt");

-- CreateIndex
CREATE INDEX "Booking_status_decideBy_idx" ON "Booking"("status", "decideBy");

-- AddForeignKey
ALTER TABLE "BookingNotice" ADD CONSTRAINT "BookingNotice_bookingId_fkey" FOREIGN KEY ("bookingId") REFERENCES "Booking"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "DecisionLink" ADD CONSTRAINT "DecisionLink_bookingId_fkey" FOREIGN KEY ("bookingId") REFERENCES "Booking"("id") ON DELETE CASCADE ON UPDATE CASCADE;


ALTER TABLE "EventType" ADD CONSTRAINT "EventType_approvalHours" CHECK ("approvalHours" BETWEEN 1 AND 8760);
ALTER TABLE "DecisionLink" ADD CONSTRAINT "DecisionLink_decision" CHECK ("decision" IN ('approve', 'decline'));
ALTER TABLE "BookingNotice" ADD CONSTRAINT "BookingNotice_revision" CHECK ("revision" >= 0);
