-- Keys that are there can do what they could: everything, without end.
CREATE TYPE "ApiKeyScope" AS ENUM ('read', 'bookings', 'all');
ALTER TABLE "ApiKey" ADD COLUMN "scope" "ApiKeyScope" NOT NULL DEFAULT 'all',
ADD COLUMN "expiresAt" TIMESTAMPTZ(3);
