-- Mailboxes that an organization lets this server open by itself, beside those that organizers connect.
ALTER TABLE "MeetingProviderConnection" ADD COLUMN "managed" BOOLEAN NOT NULL DEFAULT false;
ALTER TABLE "FormerMailbox" ADD COLUMN "managed" BOOLEAN NOT NULL DEFAULT false;
CREATE TABLE "ManagedMailbox" (
    "userId" UUID NOT NULL,
    "tenantId" TEXT NOT NULL,
    "accountId" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "detail" TEXT,
    "testedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "dueAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "declinedAt" TIMESTAMPTZ(3),
    CONSTRAINT "ManagedMailbox_pkey" PRIMARY KEY ("userId"),
    CONSTRAINT "ManagedMailbox_status_known" CHECK ("status" IN ('allowed', 'refused', 'no_mailbox', 'no_teams', 'no_teams_policy', 'unavailable'))
);
CREATE INDEX "ManagedMailbox_dueAt_idx" ON "ManagedMailbox"("dueAt");
ALTER TABLE "ManagedMailbox" ADD CONSTRAINT "ManagedMailbox_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;
-- Only work accounts belong to an organization.
ALTER TABLE "MeetingProviderConnection" ADD CONSTRAINT "MeetingProviderConnection_managed_is_work" CHECK (NOT "managed" OR "accountKind" = 'work');
