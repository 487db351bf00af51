-- A meeting knows its mailbox; the ones before the connected one keep what their bookings need.
-- CreateEnum
CREATE TYPE "FormerChoice" AS ENUM ('keep', 'move');

-- AlterTable
ALTER TABLE "RetiredEvent" ADD COLUMN     "isStandIn" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "joinUrl" TEXT;

-- CreateTable
CREATE TABLE "FormerMailbox" (
    "id" UUID NOT NULL,
    "userId" UUID NOT NULL,
    "provider" TEXT NOT NULL,
    "tenantId" TEXT NOT NULL,
    "accountId" TEXT NOT NULL,
    "accountEmail" TEXT NOT NULL,
    "accountKind" "AccountKind" NOT NULL,
    "teamsAvailable" BOOLEAN NOT NULL,
    "choice" "FormerChoice" NOT NULL,
    "accessToken" TEXT,
    "refreshToken" TEXT,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "tokenSeconds" INTEGER,
    "scopes" TEXT NOT NULL,
    "askedScopes" TEXT NOT NULL DEFAULT '',
    "state" "ConnectionState" NOT NULL,
    "reason" TEXT,
    "lastError" TEXT,
    "tokenVersion" INTEGER NOT NULL DEFAULT 1,
    "refreshLeaseUntil" TIMESTAMPTZ(3),
    "pausedUntil" TIMESTAMPTZ(3),
    "lastUsedAt" TIMESTAMPTZ(3),
    "renewDueAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "calendarIds" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "FormerMailbox_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ParkedGrant" (
    "id" UUID NOT NULL,
    "userId" UUID NOT NULL,
    "provider" TEXT NOT NULL,
    "tokenHash" BYTEA NOT NULL,
    "grantSealed" TEXT,
    "accountEmail" TEXT NOT NULL,
    "returnTo" TEXT NOT NULL,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "usedAt" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "ParkedGrant_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "FormerMailbox_renewDueAt_idx" ON "FormerMailbox"("renewDueAt");

-- CreateIndex
CREATE UNIQUE INDEX "FormerMailbox_userId_provider_tenantId_accountId_key" ON "FormerMailbox"("userId", "provider", "tenantId", "accountId");

-- CreateIndex
CREATE UNIQUE INDEX "ParkedGrant_tokenHash_key" ON "ParkedGrant"("tokenHash");

-- CreateIndex
CREATE INDEX "ParkedGrant_expiresAt_idx" ON "ParkedGrant"("expiresAt");

-- CreateIndex
CREATE UNIQUE INDEX "ParkedGrant_userId_provider_key" ON "ParkedGrant"("userId", "provider");

-- AddForeignKey
ALTER TABLE "FormerMailbox" ADD CONSTRAINT "FormerMailbox_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ParkedGrant" ADD CONSTRAINT "ParkedGrant_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- A grant is kept whole or not at all.
ALTER TABLE "FormerMailbox" ADD CONSTRAINT "FormerMailbox_whole_grant" CHECK (("accessToken" IS NULL) = ("refreshToken" IS NULL));

-- Events written before meetings knew their mailbox are in the one that is connected.
UPDATE "Meeting" m SET "calendarMailbox" = c."tenantId" || '/' || c."accountId"
FROM "MeetingProviderConnection" c
WHERE c."userId" = m."userId" AND c.provider = 'teams' AND m."calendarEventId" IS NOT NULL AND m."calendarMailbox" IS NULL;
