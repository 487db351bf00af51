-- A mail to an account's holder: it isn't sent once the account is disabled, and goes with the account.
ALTER TABLE "Mail" ADD COLUMN "holderId" UUID;
CREATE INDEX "Mail_holderId_idx" ON "Mail"("holderId");
ALTER TABLE "Mail" ADD CONSTRAINT "Mail_holderId_fkey" FOREIGN KEY ("holderId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;
