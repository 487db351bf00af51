-- Where a meeting takes place, as its calendar event has it: given later by its organizer, the event follows.
-- AlterTable
ALTER TABLE "Meeting" ADD COLUMN     "calendarPlace" TEXT;

UPDATE "Meeting" SET "calendarPlace" = "place" WHERE "calendarEventId" IS NOT NULL;
