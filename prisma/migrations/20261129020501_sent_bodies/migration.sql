-- AlterTable
ALTER TABLE "Mail" ALTER COLUMN "contentSealed" DROP NOT NULL;

-- AlterTable
ALTER TABLE "TextMessage" ALTER COLUMN "textSealed" DROP NOT NULL;

-- What was sent, or will not be any more, leaves no words behind.
UPDATE "Mail" SET "contentSealed" = NULL WHERE status IN ('sent', 'withdrawn');
UPDATE "TextMessage" SET "textSealed" = NULL WHERE status NOT IN ('queued', 'sending');
