-- A visitor may have to confirm their address before their booking has any effect.
-- CreateEnum
CREATE TYPE "EmailCheck" AS ENUM ('never', 'suspicious', 'always');

-- AlterTable
ALTER TABLE "Booking" ADD COLUMN     "confirmBy" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "EventType" ADD COLUMN     "emailCheck" "EmailCheck" NOT NULL DEFAULT 'suspicious';

-- CreateTable
CREATE TABLE "AddressCheck" (
    "bookingId" UUID NOT NULL,
    "tokenHash" BYTEA,
    "confirmedAt" TIMESTAMPTZ(3),
    "dueAt" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "AddressCheck_pkey" PRIMARY KEY ("bookingId")
);

-- CreateIndex
CREATE UNIQUE INDEX "AddressCheck_tokenHash_key" ON "AddressCheck"("tokenHash");

-- CreateIndex
CREATE INDEX "AddressCheck_dueAt_idx" ON "AddressCheck"("dueAt");

-- AddForeignKey
ALTER TABLE "AddressCheck" ADD CONSTRAINT "AddressCheck_bookingId_fkey" FOREIGN KEY ("bookingId") REFERENCES "Booking"("id") ON DELETE CASCADE ON UPDATE CASCADE;
