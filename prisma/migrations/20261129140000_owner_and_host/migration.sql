-- Whose booking it is, and in whose calendar it takes place, are two things. Constraints, indexes and the rule against overlaps follow their columns.
ALTER TABLE "Booking" RENAME COLUMN "userId" TO "ownerId";
ALTER TABLE "Meeting" RENAME COLUMN "userId" TO "hostId";
ALTER TABLE "TimeClaim" RENAME COLUMN "userId" TO "hostId";

-- RenameForeignKey
ALTER TABLE "Booking" RENAME CONSTRAINT "Booking_userId_fkey" TO "Booking_ownerId_fkey";
ALTER TABLE "Meeting" RENAME CONSTRAINT "Meeting_userId_fkey" TO "Meeting_hostId_fkey";
ALTER TABLE "TimeClaim" RENAME CONSTRAINT "TimeClaim_userId_fkey" TO "TimeClaim_hostId_fkey";

-- RenameIndex
ALTER INDEX "Booking_userId_startsAt_idx" RENAME TO "Booking_ownerId_startsAt_idx";
ALTER INDEX "Booking_userId_status_startsAt_idx" RENAME TO "Booking_ownerId_status_startsAt_idx";
ALTER INDEX "Meeting_userId_startsAt_idx" RENAME TO "Meeting_hostId_startsAt_idx";
ALTER INDEX "TimeClaim_meetingId_userId_key" RENAME TO "TimeClaim_meetingId_hostId_key";
