-- DropIndex
DROP INDEX "Meeting_compareDueAt_idx";

-- CreateIndex
CREATE INDEX "Meeting_startsAt_compareDueAt_idx" ON "Meeting"("startsAt", "compareDueAt");
