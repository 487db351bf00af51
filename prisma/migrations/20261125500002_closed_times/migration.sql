-- AlterTable
ALTER TABLE "CalendarSync" ADD COLUMN     "toldAt" TIMESTAMPTZ(3);
