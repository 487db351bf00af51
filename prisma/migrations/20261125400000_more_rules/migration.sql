-- AlterTable
ALTER TABLE "EventType" ADD COLUMN     "dailyLimitMinutes" INTEGER,
ADD COLUMN     "monthlyLimit" INTEGER,
ADD COLUMN     "monthlyLimitMinutes" INTEGER,
ADD COLUMN     "weeklyLimitMinutes" INTEGER;

-- AlterTable
ALTER TABLE "Schedule" ADD COLUMN     "closedDates" JSONB NOT NULL DEFAULT '{}',
ADD COLUMN     "closedThrough" INTEGER,
ADD COLUMN     "holidays" JSONB,
ADD COLUMN     "travel" JSONB NOT NULL DEFAULT '[]';

-- What Prisma can't say
ALTER TABLE "EventType" ADD CONSTRAINT "EventType_more_limits" CHECK (
  "monthlyLimit" > 0 AND "dailyLimitMinutes" > 0 AND "weeklyLimitMinutes" > 0 AND "monthlyLimitMinutes" > 0);
