-- Events that were made before are known to have invited their visitor and the guests.
UPDATE "Meeting" m SET "invitedEmails" = coalesce((
  SELECT array_agg(DISTINCT lower(who.email)) FROM (
    SELECT b."visitorEmail" AS email FROM "Booking" b
    WHERE b."meetingId" = m.id AND b.status = 'confirmed' AND b."inviteUid" IS NULL
    UNION ALL
    SELECT guest FROM "Booking" b, jsonb_array_elements_text(b.guests) guest
    WHERE b."meetingId" = m.id AND b.status = 'confirmed' AND b."inviteUid" IS NULL
  ) who), '{}')
WHERE m.invitations = 'outlook' AND m."calendarEventId" IS NOT NULL;
