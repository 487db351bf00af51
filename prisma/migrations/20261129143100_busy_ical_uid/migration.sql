-- An event of ours is known in every calendar that has a copy of it.
-- AlterTable
ALTER TABLE "BusyInterval" ADD COLUMN     "iCalUId" TEXT;

-- CreateIndex
CREATE INDEX "Meeting_iCalUId_idx" ON "Meeting"("iCalUId");
