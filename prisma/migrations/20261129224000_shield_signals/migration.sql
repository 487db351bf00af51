CREATE TABLE "SpentProof" (
    "hash" BYTEA NOT NULL,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "SpentProof_pkey" PRIMARY KEY ("hash")
);

CREATE TABLE "FailedLookup" (
    "networkHash" BIGINT NOT NULL,
    "hour" TIMESTAMPTZ(3) NOT NULL,
    "count" INTEGER NOT NULL,

    CONSTRAINT "FailedLookup_pkey" PRIMARY KEY ("networkHash","hour")
);

CREATE INDEX "SpentProof_expiresAt_idx" ON "SpentProof"("expiresAt");

CREATE INDEX "FailedLookup_hour_idx" ON "FailedLookup"("hour");
