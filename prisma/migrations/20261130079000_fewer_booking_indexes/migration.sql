-- Each costs every booking something, and others do as well: an owner's bookings by start, and what was amended lately.
DROP INDEX "Booking_ownerId_status_startsAt_idx";
DROP INDEX "Booking_ownerId_createdAt_idx";
DROP INDEX "Booking_teamId_createdAt_idx";
