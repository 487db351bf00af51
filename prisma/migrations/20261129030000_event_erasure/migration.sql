-- CreateTable
CREATE TABLE "EventErasure" (
    "bookingId" UUID NOT NULL,
    "addressHashes" TEXT[],
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "dueAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "EventErasure_pkey" PRIMARY KEY ("bookingId")
);

-- CreateIndex
CREATE INDEX "EventErasure_dueAt_idx" ON "EventErasure"("dueAt");

-- AddForeignKey
ALTER TABLE "EventErasure" ADD CONSTRAINT "EventErasure_bookingId_fkey" FOREIGN KEY ("bookingId") REFERENCES "Booking"("id") ON DELETE CASCADE ON UPDATE CASCADE;
