-- Who came to a meeting, as Microsoft's attendance reports say, and who said that a visitor did not.
CREATE TYPE "AttendanceVerdict" AS ENUM ('attended', 'absent', 'unknown');

ALTER TABLE "Booking" ADD COLUMN "noShowBy" TEXT;
ALTER TABLE "Booking" ADD CONSTRAINT "Booking_no_show_by_known" CHECK ("noShowBy" IN ('organizer', 'report'));

CREATE TABLE "Attendance" (
    "bookingId" UUID NOT NULL,
    "verdict" "AttendanceVerdict" NOT NULL,
    "joinedAt" TIMESTAMPTZ(3),
    "leftAt" TIMESTAMPTZ(3),
    "lateMinutes" INTEGER,
    "earlyMinutes" INTEGER,
    "readAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Attendance_pkey" PRIMARY KEY ("bookingId")
);
ALTER TABLE "Attendance" ADD CONSTRAINT "Attendance_bookingId_fkey" FOREIGN KEY ("bookingId") REFERENCES "Booking"("id") ON DELETE CASCADE ON UPDATE CASCADE;
-- Only who came has times.
ALTER TABLE "Attendance" ADD CONSTRAINT "Attendance_times" CHECK (
  CASE WHEN "verdict" = 'attended'
    THEN "joinedAt" IS NOT NULL AND "leftAt" >= "joinedAt" AND "lateMinutes" >= 0 AND "earlyMinutes" >= 0
    ELSE "joinedAt" IS NULL AND "leftAt" IS NULL AND "lateMinutes" IS NULL AND "earlyMinutes" IS NULL END);

CREATE TABLE "AttendanceCheck" (
    "meetingId" UUID NOT NULL,
    "startsAt" TIMESTAMPTZ(3) NOT NULL,
    "dueAt" TIMESTAMPTZ(3),
    "problem" TEXT,

    CONSTRAINT "AttendanceCheck_pkey" PRIMARY KEY ("meetingId")
);
CREATE INDEX "AttendanceCheck_dueAt_idx" ON "AttendanceCheck"("dueAt") WHERE ("dueAt" IS NOT NULL);
ALTER TABLE "AttendanceCheck" ADD CONSTRAINT "AttendanceCheck_meetingId_fkey" FOREIGN KEY ("meetingId") REFERENCES "Meeting"("id") ON DELETE CASCADE ON UPDATE CASCADE;
