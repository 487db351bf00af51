-- People at identity providers who are organizers here.
CREATE TABLE "Identity" (
    "id" UUID NOT NULL,
    "userId" UUID NOT NULL,
    "provider" TEXT NOT NULL,
    "issuer" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "email" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "lastUsedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Identity_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "Identity_provider_check" CHECK ("provider" IN ('microsoft', 'oidc'))
);

CREATE UNIQUE INDEX "Identity_issuer_subject_key" ON "Identity"("issuer", "subject");
CREATE INDEX "Identity_userId_idx" ON "Identity"("userId");
ALTER TABLE "Identity" ADD CONSTRAINT "Identity_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Whoever signs in is no one yet when they set out.
ALTER TABLE "OAuthHandshake" ALTER COLUMN "userId" DROP NOT NULL;

-- What a signed-in device is recognized by. Sessions that are open proved who they are when they were opened.
ALTER TABLE "Session"
    ADD COLUMN "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    ADD COLUMN "authenticatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    ADD COLUMN "lastSeenAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    ADD COLUMN "userAgent" TEXT NOT NULL DEFAULT '',
    ADD COLUMN "network" TEXT NOT NULL DEFAULT '';
UPDATE "Session" SET "authenticatedAt" = "createdAt", "lastSeenAt" = "createdAt";
ALTER TABLE "Session" ALTER COLUMN "id" DROP DEFAULT;
CREATE UNIQUE INDEX "Session_id_key" ON "Session"("id");
