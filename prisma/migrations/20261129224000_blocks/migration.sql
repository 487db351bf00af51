-- Senders whose bookings are held back, and what to recognize them by.
-- CreateEnum
CREATE TYPE "BlockKind" AS ENUM ('address', 'domain', 'network');

-- AlterTable
ALTER TABLE "AddressCheck" ADD COLUMN     "blockId" UUID,
ADD COLUMN     "networkSealed" TEXT;

-- CreateTable
CREATE TABLE "Block" (
    "id" UUID NOT NULL,
    "ownerId" UUID,
    "kind" "BlockKind" NOT NULL,
    "value" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Block_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "Block_ownerId_id_idx" ON "Block"("ownerId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "Block_value_ownerId_key" ON "Block"("value", "ownerId");

-- CreateIndex
CREATE INDEX "AddressCheck_blockId_idx" ON "AddressCheck"("blockId");

-- AddForeignKey
ALTER TABLE "AddressCheck" ADD CONSTRAINT "AddressCheck_blockId_fkey" FOREIGN KEY ("blockId") REFERENCES "Block"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Block" ADD CONSTRAINT "Block_ownerId_fkey" FOREIGN KEY ("ownerId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What is blocked for everyone is blocked once.
ALTER TABLE "Block" ADD CONSTRAINT "Block_one_for_everyone" EXCLUDE USING btree ("value" WITH =) WHERE ("ownerId" IS NULL);
