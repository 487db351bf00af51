-- Members have their own copies of a team's event type, in which its admins lock fields.
ALTER TABLE "EventType" ADD COLUMN "lockedFields" TEXT[] NOT NULL DEFAULT ARRAY[]::TEXT[];
ALTER TABLE "EventType" ADD COLUMN "copiesStay" BOOLEAN NOT NULL DEFAULT true;
ALTER TABLE "EventType" ADD COLUMN "templateId" UUID;
CREATE UNIQUE INDEX "EventType_templateId_userId_key" ON "EventType"("templateId", "userId");
ALTER TABLE "EventType" ADD CONSTRAINT "EventType_templateId_fkey" FOREIGN KEY ("templateId") REFERENCES "EventType"("id") ON DELETE SET NULL ON UPDATE CASCADE;
ALTER TABLE "EventType" ADD CONSTRAINT "EventType_copy_of_member" CHECK ("templateId" IS NULL OR "userId" IS NOT NULL);
ALTER TABLE "EventType" ADD CONSTRAINT "EventType_locks_of_team" CHECK (cardinality("lockedFields") = 0 OR "teamId" IS NOT NULL);
