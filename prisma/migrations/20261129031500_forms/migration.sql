-- A subject belongs to the meeting: it stays when its event type is changed or deleted, and is one in every calendar.
ALTER TABLE "Meeting" ADD COLUMN "subjectTemplate" TEXT NOT NULL DEFAULT 'Online appointment with {name}';
UPDATE "Meeting" m SET "subjectTemplate" =
  CASE WHEN coalesce(e.seats, 1) > 1 THEN replace(e."subjectTemplate", '{visitor}', '{title}') ELSE e."subjectTemplate" END
FROM "EventType" e WHERE e.id = m."eventTypeId";

ALTER TABLE "EventType" ADD COLUMN "rescheduleNeedsApproval" BOOLEAN NOT NULL DEFAULT true;

ALTER TABLE "OAuthHandshake" ADD COLUMN "outcome" JSONB;

ALTER TABLE "User" ADD COLUMN "locale" TEXT NOT NULL DEFAULT 'en';
