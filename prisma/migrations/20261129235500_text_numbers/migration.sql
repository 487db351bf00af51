-- How many texts a number got.
-- AlterTable
ALTER TABLE "TextMessage" ADD COLUMN     "numberHash" BIGINT;

-- CreateIndex
CREATE INDEX "TextMessage_numberHash_updatedAt_idx" ON "TextMessage"("numberHash", "updatedAt");
