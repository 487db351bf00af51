-- A team's page may name its members, owners and admins may get a weekly summary, and webhooks may be of a team's bookings.
ALTER TABLE "Team" ADD COLUMN "showsMembers" BOOLEAN NOT NULL DEFAULT false;
ALTER TABLE "TeamMember" ADD COLUMN "wantsDigest" BOOLEAN NOT NULL DEFAULT false;
ALTER TABLE "TeamMember" ADD COLUMN "digestSentFor" DATE;
ALTER TABLE "Webhook" ADD COLUMN "teamId" UUID;
CREATE INDEX "Webhook_teamId_userId_idx" ON "Webhook"("teamId", "userId");
ALTER TABLE "Webhook" ADD CONSTRAINT "Webhook_teamId_fkey" FOREIGN KEY ("teamId") REFERENCES "Team"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "Webhook" ADD CONSTRAINT "Webhook_teamId_userId_fkey" FOREIGN KEY ("teamId", "userId") REFERENCES "TeamMember"("teamId", "userId") ON DELETE CASCADE ON UPDATE CASCADE;
