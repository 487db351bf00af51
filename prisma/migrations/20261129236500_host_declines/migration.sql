-- What becomes of a team's booking when a host declines it in Outlook, and which host has.
CREATE TYPE "HostDeclines" AS ENUM ('hand_over', 'ask', 'ignore');
ALTER TABLE "EventType" ADD COLUMN "hostDeclines" "HostDeclines" NOT NULL DEFAULT 'ask';
ALTER TABLE "Drift" ADD COLUMN "hostId" UUID;
