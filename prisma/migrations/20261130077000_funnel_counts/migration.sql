-- How far visitors of booking pages get, counted by event type and day. Nothing of any of them.
CREATE TYPE "FunnelStep" AS ENUM ('page', 'times', 'form', 'booked');

CREATE TABLE "FunnelCount" (
    "eventTypeId" UUID NOT NULL,
    "day" DATE NOT NULL,
    "step" "FunnelStep" NOT NULL,
    "count" INTEGER NOT NULL,

    CONSTRAINT "FunnelCount_pkey" PRIMARY KEY ("eventTypeId","day","step")
);
ALTER TABLE "FunnelCount" ADD CONSTRAINT "FunnelCount_eventTypeId_fkey" FOREIGN KEY ("eventTypeId") REFERENCES "EventType"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "FunnelCount" ADD CONSTRAINT "FunnelCount_positive" CHECK ("count" > 0);
