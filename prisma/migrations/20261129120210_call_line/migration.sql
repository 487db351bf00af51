-- CreateTable
CREATE TABLE "CallTicket" (
    "id" BIGSERIAL NOT NULL,
    "account" INTEGER NOT NULL,
    "rank" INTEGER NOT NULL,
    "seenAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "CallTicket_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "CallTicket_account_rank_id_idx" ON "CallTicket"("account", "rank", "id");
