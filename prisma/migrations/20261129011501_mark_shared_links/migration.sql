-- Up to now the calendar event that Outlook invited people with carried the visitor's own link. Every booking for which such an
-- event was made, or may have been before a crash, gets a new one, whatever became of the event since: a past or cancelled one
-- is still read. A link more than needed is harmless, one less is not.
INSERT INTO "ReplacedLink" ("bookingId")
SELECT b.id FROM "Booking" b JOIN "Meeting" m ON m.id = b."meetingId"
WHERE b."erasedAt" IS NULL AND m.invitations = 'outlook'
  AND (
    m."calendarEventId" IS NOT NULL OR m.generation > 1 OR m.attempts > 0
    OR EXISTS (
      SELECT 1 FROM "FlightEntry" f WHERE f."bookingId" = b.id
        AND (f.step = 'meeting_created' OR (f.step = 'call' AND f.call LIKE 'POST /me/%events')))
  )
ON CONFLICT DO NOTHING;
