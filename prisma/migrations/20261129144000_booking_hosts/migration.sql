-- Who takes part in a booking: the host of its meeting, for all there are.
-- CreateTable
CREATE TABLE "BookingHost" (
    "bookingId" UUID NOT NULL,
    "userId" UUID NOT NULL,
    "position" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "BookingHost_pkey" PRIMARY KEY ("bookingId","userId")
);

INSERT INTO "BookingHost" ("bookingId", "userId")
SELECT b."id", m."hostId" FROM "Booking" b JOIN "Meeting" m ON m."id" = b."meetingId";

-- CreateIndex
CREATE INDEX "BookingHost_userId_idx" ON "BookingHost"("userId");

-- AddForeignKey
ALTER TABLE "BookingHost" ADD CONSTRAINT "BookingHost_bookingId_fkey" FOREIGN KEY ("bookingId") REFERENCES "Booking"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "BookingHost" ADD CONSTRAINT "BookingHost_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;
