-- AlterTable
ALTER TABLE "Schedule" ADD COLUMN     "isDefault" BOOLEAN NOT NULL DEFAULT false;

-- What stood in for it so far: an organizer's first schedule.
UPDATE "Schedule" s SET "isDefault" = true
WHERE s.id = (SELECT f.id FROM "Schedule" f WHERE f."userId" = s."userId" ORDER BY f."createdAt", f.id LIMIT 1);

-- Each organizer has one default at most.
ALTER TABLE "Schedule" ADD CONSTRAINT "Schedule_one_default"
  EXCLUDE USING btree ("userId" WITH =) WHERE ("isDefault");
