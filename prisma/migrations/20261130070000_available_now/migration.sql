-- Starts within so many minutes are offered while the host is available in Teams, and only then; null: the notice is for all.
ALTER TABLE "EventType" ADD COLUMN "availableNowMinutes" INTEGER;
ALTER TABLE "EventType" ADD CONSTRAINT "EventType_available_now" CHECK ("availableNowMinutes" BETWEEN 5 AND 240);
