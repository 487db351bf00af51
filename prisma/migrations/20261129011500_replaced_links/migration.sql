-- CreateTable
CREATE TABLE "ReplacedLink" (
    "bookingId" UUID NOT NULL,
    "tokenHash" BYTEA,
    "replacedAt" TIMESTAMPTZ(3),

    CONSTRAINT "ReplacedLink_pkey" PRIMARY KEY ("bookingId")
);

-- CreateIndex
CREATE UNIQUE INDEX "ReplacedLink_tokenHash_key" ON "ReplacedLink"("tokenHash");

-- AddForeignKey
ALTER TABLE "ReplacedLink" ADD CONSTRAINT "ReplacedLink_bookingId_fkey" FOREIGN KEY ("bookingId") REFERENCES "Booking"("id") ON DELETE CASCADE ON UPDATE CASCADE;
