-- Files of other products that organizers have uploaded to import, until they have decided.
CREATE TABLE "ImportUpload" (
    "userId" UUID NOT NULL,
    "id" UUID NOT NULL,
    "fileName" TEXT NOT NULL,
    "contentSealed" TEXT NOT NULL,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "ImportUpload_pkey" PRIMARY KEY ("userId")
);
CREATE UNIQUE INDEX "ImportUpload_id_key" ON "ImportUpload"("id");
CREATE INDEX "ImportUpload_expiresAt_idx" ON "ImportUpload"("expiresAt");
ALTER TABLE "ImportUpload" ADD CONSTRAINT "ImportUpload_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;
