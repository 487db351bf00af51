-- Who has an account finds invitations there, and needs no link.
-- DropIndex
DROP INDEX "TeamInvitation_email_idx";

-- AlterTable
ALTER TABLE "TeamInvitation" ADD COLUMN     "userId" UUID;

-- CreateIndex
CREATE INDEX "TeamInvitation_userId_idx" ON "TeamInvitation"("userId");

-- AddForeignKey
ALTER TABLE "TeamInvitation" ADD CONSTRAINT "TeamInvitation_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;
