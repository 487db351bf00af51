-- AlterTable
ALTER TABLE "Booking" ADD COLUMN     "erasedAt" TIMESTAMPTZ(3),
ADD COLUMN     "moveReason" TEXT,
ADD COLUMN     "privateNote" TEXT NOT NULL DEFAULT '';

-- AlterTable
ALTER TABLE "EventType" ADD COLUMN     "changePolicy" JSONB NOT NULL DEFAULT '{}',
ADD COLUMN     "redirectUrl" TEXT,
ADD COLUMN     "requiresLink" BOOLEAN NOT NULL DEFAULT false;

-- CreateTable
CREATE TABLE "BookingLink" (
    "id" UUID NOT NULL,
    "eventTypeId" UUID NOT NULL,
    "tokenHash" BYTEA NOT NULL,
    "name" TEXT NOT NULL DEFAULT '',
    "expiresAt" TIMESTAMPTZ(3),
    "usedAt" TIMESTAMPTZ(3),
    "bookingId" UUID,
    "revokedAt" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "BookingLink_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "BookingLink_tokenHash_key" ON "BookingLink"("tokenHash");

-- CreateIndex
CREATE UNIQUE INDEX "BookingLink_bookingId_key" ON "BookingLink"("bookingId");

-- CreateIndex
CREATE INDEX "BookingLink_eventTypeId_createdAt_idx" ON "BookingLink"("eventTypeId", "createdAt");

-- AddForeignKey
ALTER TABLE "BookingLink" ADD CONSTRAINT "BookingLink_eventTypeId_fkey" FOREIGN KEY ("eventTypeId") REFERENCES "EventType"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "BookingLink" ADD CONSTRAINT "BookingLink_bookingId_fkey" FOREIGN KEY ("bookingId") REFERENCES "Booking"("id") ON DELETE SET NULL ON UPDATE CASCADE;
