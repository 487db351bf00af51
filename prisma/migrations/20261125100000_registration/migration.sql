-- AlterTable
ALTER TABLE "MeetingProviderConnection" ADD COLUMN     "remindedAt" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "ProviderRegistration" (
    "provider" TEXT NOT NULL,
    "clientId" TEXT,
    "clientSecretSealed" TEXT,
    "nextSecretSealed" TEXT,
    "expiresOn" DATE,
    "tenant" TEXT,
    "redirectUri" TEXT,
    "scopes" TEXT,
    "cloud" TEXT,
    "enabled" BOOLEAN,
    "testedAt" TIMESTAMPTZ(3),
    "testResult" JSONB,
    "changedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "ProviderRegistration_pkey" PRIMARY KEY ("provider")
);

-- CreateTable
CREATE TABLE "ClientSecretUse" (
    "digest" TEXT NOT NULL,
    "takenAt" TIMESTAMPTZ(3),
    "refusedAt" TIMESTAMPTZ(3),
    "refusal" TEXT,

    CONSTRAINT "ClientSecretUse_pkey" PRIMARY KEY ("digest")
);

-- CreateTable
CREATE TABLE "SecretExpiryNotice" (
    "provider" TEXT NOT NULL,
    "expiresOn" DATE NOT NULL,
    "days" INTEGER NOT NULL,
    "sentAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "SecretExpiryNotice_pkey" PRIMARY KEY ("provider","expiresOn","days")
);

-- CreateIndex
CREATE INDEX "MeetingProviderConnection_tenantId_idx" ON "MeetingProviderConnection"("tenantId");
