-- What the shield counts unconfirmed senders by, and why a booking was held.
-- AlterTable
ALTER TABLE "AddressCheck" ADD COLUMN     "reasons" JSONB NOT NULL DEFAULT '[]',
ADD COLUMN     "score" INTEGER NOT NULL DEFAULT 0;

-- AlterTable
ALTER TABLE "Booking" ADD COLUMN     "networkHash" BIGINT,
ADD COLUMN     "recipientHashes" BIGINT[] DEFAULT ARRAY[]::BIGINT[];

-- CreateIndex
CREATE INDEX "Booking_ownerId_createdAt_idx" ON "Booking"("ownerId", "createdAt");

-- CreateIndex
CREATE INDEX "Booking_networkHash_createdAt_idx" ON "Booking"("networkHash", "createdAt");
