-- Times right before or after what is in the hosts' calendars are marked for visitors.
ALTER TABLE "EventType" ADD COLUMN "preferAdjacentTimes" BOOLEAN NOT NULL DEFAULT false;
