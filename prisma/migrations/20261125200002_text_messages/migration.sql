-- CreateEnum
CREATE TYPE "TextStatus" AS ENUM ('queued', 'sending', 'sent', 'failed', 'unknown', 'withdrawn');

-- CreateTable
CREATE TABLE "TextMessage" (
    "id" UUID NOT NULL,
    "bookingId" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "revision" INTEGER NOT NULL,
    "textSealed" TEXT NOT NULL,
    "status" "TextStatus" NOT NULL DEFAULT 'queued',
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "lastError" TEXT,
    "carrierId" TEXT,
    "sentAt" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "TextMessage_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "TextMessage_status_updatedAt_idx" ON "TextMessage"("status", "updatedAt");

-- CreateIndex
CREATE UNIQUE INDEX "TextMessage_bookingId_kind_revision_key" ON "TextMessage"("bookingId", "kind", "revision");

-- AddForeignKey
ALTER TABLE "TextMessage" ADD CONSTRAINT "TextMessage_bookingId_fkey" FOREIGN KEY ("bookingId") REFERENCES "Booking"("id") ON DELETE CASCADE ON UPDATE CASCADE;
