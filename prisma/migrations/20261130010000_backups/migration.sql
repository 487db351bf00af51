-- Which backups were made, and the jobs of one that is being restored.
-- CreateTable
CREATE TABLE "BackupRun" (
    "id" UUID NOT NULL,
    "takenAt" TIMESTAMPTZ(3) NOT NULL,
    "version" TEXT NOT NULL,
    "rows" BIGINT NOT NULL,
    "bytes" BIGINT NOT NULL,

    CONSTRAINT "BackupRun_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "RestoredJob" (
    "id" UUID NOT NULL,
    "queue" TEXT NOT NULL,
    "payload" JSONB NOT NULL,
    "priority" INTEGER NOT NULL,
    "startAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "RestoredJob_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "BackupRun_takenAt_idx" ON "BackupRun"("takenAt");
