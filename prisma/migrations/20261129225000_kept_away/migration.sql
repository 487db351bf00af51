-- Bookings that never had an effect go after a week, and are counted.
-- CreateTable
CREATE TABLE "KeptAway" (
    "ownerId" UUID NOT NULL,
    "month" DATE NOT NULL,
    "count" INTEGER NOT NULL,

    CONSTRAINT "KeptAway_pkey" PRIMARY KEY ("ownerId","month")
);

-- CreateIndex
CREATE INDEX "AddressCheck_createdAt_idx" ON "AddressCheck"("createdAt");

-- AddForeignKey
ALTER TABLE "KeptAway" ADD CONSTRAINT "KeptAway_ownerId_fkey" FOREIGN KEY ("ownerId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;
