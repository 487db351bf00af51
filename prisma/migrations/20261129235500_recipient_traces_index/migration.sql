DROP INDEX "RecipientTrace_createdAt_idx";
