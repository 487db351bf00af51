-- Who takes part in the bookings of an event type: its owner alone, for all there are.
-- CreateEnum
CREATE TYPE "HostKind" AS ENUM ('fixed', 'rotating');

-- CreateTable
CREATE TABLE "EventTypeHost" (
    "eventTypeId" UUID NOT NULL,
    "userId" UUID NOT NULL,
    "scheduleId" UUID,
    "kind" "HostKind" NOT NULL DEFAULT 'fixed',
    "weight" INTEGER NOT NULL DEFAULT 100,
    "priority" INTEGER NOT NULL DEFAULT 0,
    "position" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "EventTypeHost_pkey" PRIMARY KEY ("eventTypeId","userId")
);

INSERT INTO "EventTypeHost" ("eventTypeId", "userId", "scheduleId")
SELECT "id", "userId", "scheduleId" FROM "EventType";

-- CreateIndex
CREATE INDEX "EventTypeHost_userId_idx" ON "EventTypeHost"("userId");

-- CreateIndex
CREATE INDEX "EventTypeHost_scheduleId_idx" ON "EventTypeHost"("scheduleId");

-- AddForeignKey
ALTER TABLE "EventTypeHost" ADD CONSTRAINT "EventTypeHost_eventTypeId_fkey" FOREIGN KEY ("eventTypeId") REFERENCES "EventType"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "EventTypeHost" ADD CONSTRAINT "EventTypeHost_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "EventTypeHost" ADD CONSTRAINT "EventTypeHost_scheduleId_userId_fkey" FOREIGN KEY ("scheduleId", "userId") REFERENCES "Schedule"("id", "userId") ON DELETE NO ACTION ON UPDATE CASCADE;

ALTER TABLE "EventTypeHost" ADD CONSTRAINT "EventTypeHost_ranges" CHECK ("weight" BETWEEN 1 AND 1000 AND "priority" BETWEEN 0 AND 9);
