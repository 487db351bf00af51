-- What a request with an Idempotency-Key asked and heard, as long as the booking it made exists.
ALTER TABLE "Booking" ADD COLUMN "requestHash" BYTEA,
ADD COLUMN     "firstAnswer" JSONB;

-- Kept answers about a booking can be found with it.
ALTER TABLE "IdempotencyRecord" ADD COLUMN "bookingId" UUID;
CREATE INDEX "IdempotencyRecord_bookingId_idx" ON "IdempotencyRecord"("bookingId");

-- What a request made is found by a second run of the same request.
ALTER TABLE "Schedule" ADD COLUMN "requestKey" TEXT;
CREATE UNIQUE INDEX "Schedule_requestKey_key" ON "Schedule"("requestKey");
ALTER TABLE "EventType" ADD COLUMN "requestKey" TEXT;
CREATE UNIQUE INDEX "EventType_requestKey_key" ON "EventType"("requestKey");
ALTER TABLE "Webhook" ADD COLUMN "requestKey" TEXT;
CREATE UNIQUE INDEX "Webhook_requestKey_key" ON "Webhook"("requestKey");
