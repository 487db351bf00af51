-- AlterTable
ALTER TABLE "MeetingProviderConnection" ADD COLUMN     "askedScopes" TEXT NOT NULL DEFAULT '',
ADD COLUMN     "renewDueAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
ADD COLUMN     "verifyDueAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP;

-- CreateTable
CREATE TABLE "ReconnectNudge" (
    "stateChangeId" BIGINT NOT NULL,
    "day" INTEGER NOT NULL,
    "sentAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "ReconnectNudge_pkey" PRIMARY KEY ("stateChangeId","day")
);

-- CreateTable
CREATE TABLE "OperatorAlert" (
    "kind" TEXT NOT NULL,
    "detail" TEXT NOT NULL,
    "firstSeenAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "lastSentAt" TIMESTAMPTZ(3),
    "clearedAt" TIMESTAMPTZ(3),

    CONSTRAINT "OperatorAlert_pkey" PRIMARY KEY ("kind")
);

-- CreateTable
CREATE TABLE "AdminApproval" (
    "id" UUID NOT NULL,
    "userId" UUID NOT NULL,
    "provider" TEXT NOT NULL,
    "tokenHash" BYTEA NOT NULL,
    "tokenSealed" TEXT NOT NULL,
    "stateHash" BYTEA NOT NULL,
    "returnTo" TEXT NOT NULL,
    "answer" TEXT,
    "answeredAt" TIMESTAMPTZ(3),
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "AdminApproval_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "AdminApproval_tokenHash_key" ON "AdminApproval"("tokenHash");

-- CreateIndex
CREATE UNIQUE INDEX "AdminApproval_stateHash_key" ON "AdminApproval"("stateHash");

-- CreateIndex
CREATE INDEX "AdminApproval_expiresAt_idx" ON "AdminApproval"("expiresAt");

-- CreateIndex
CREATE UNIQUE INDEX "AdminApproval_userId_provider_key" ON "AdminApproval"("userId", "provider");

-- CreateIndex
CREATE INDEX "MeetingProviderConnection_renewDueAt_idx" ON "MeetingProviderConnection"("renewDueAt");

-- CreateIndex
CREATE INDEX "MeetingProviderConnection_verifyDueAt_idx" ON "MeetingProviderConnection"("verifyDueAt");

-- AddForeignKey
ALTER TABLE "ReconnectNudge" ADD CONSTRAINT "ReconnectNudge_stateChangeId_fkey" FOREIGN KEY ("stateChangeId") REFERENCES "ConnectionStateChange"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "AdminApproval" ADD CONSTRAINT "AdminApproval_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Connections made before: what they were granted is all we know of what was asked, and their turns are spread out.
UPDATE "MeetingProviderConnection" SET
  "askedScopes" = "scopes",
  "renewDueAt" = now() + random() * interval '20 hours',
  "verifyDueAt" = now() + random() * interval '7 days';

ALTER TABLE "ReconnectNudge" ADD CONSTRAINT "ReconnectNudge_day" CHECK ("day" >= 0);
ALTER TABLE "AdminApproval" ADD CONSTRAINT "AdminApproval_answer" CHECK ("answer" IN ('approved', 'declined'));
