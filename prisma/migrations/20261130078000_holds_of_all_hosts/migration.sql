-- A slot that takes the time of several hosts is held with all of them.
ALTER TABLE "SlotHold" ADD COLUMN "leadHash" BYTEA;

CREATE INDEX "SlotHold_leadHash_idx" ON "SlotHold"("leadHash") WHERE ("leadHash" IS NOT NULL);
