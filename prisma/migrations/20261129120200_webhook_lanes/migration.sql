-- One worker at a time sends to a webhook; one that is slow or fails has lanes of its own.
ALTER TABLE "Webhook" ADD COLUMN "leaseUntil" TIMESTAMPTZ(3),
ADD COLUMN     "isTroubled" BOOLEAN NOT NULL DEFAULT false;

DROP INDEX "WebhookDelivery_nextAttemptAt_idx";
CREATE INDEX "WebhookDelivery_webhookId_nextAttemptAt_idx" ON "WebhookDelivery"("webhookId", "nextAttemptAt");
CREATE INDEX "WebhookDelivery_bookingId_idx" ON "WebhookDelivery"("bookingId");

-- Deliveries are found by their time now; the jobs that stood for them have no worker any more.
DO $$ BEGIN
  IF to_regclass('jobs.job') IS NOT NULL THEN
    DELETE FROM jobs.job WHERE name = 'webhook.deliver';
  END IF;
END $$;
