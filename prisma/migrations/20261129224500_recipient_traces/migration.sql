CREATE TABLE "RecipientTrace" (
    "hash" BIGINT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "bookingId" UUID NOT NULL,

    CONSTRAINT "RecipientTrace_pkey" PRIMARY KEY ("hash","createdAt","bookingId")
);

CREATE INDEX "RecipientTrace_createdAt_idx" ON "RecipientTrace"("createdAt");
