/**
 * Hands bookings of teams over by the rule whose host can't take part: their account is disabled, their connection has ended and the
 * booking is near, or they have declined in Outlook and the event type says so. The rule is limited: a booking that wanders from one to the next is a person's to settle.
 */
import { handOver } from "@/lib/booking/hand-over";
import { db } from "@/lib/database/client";
import { run } from "@/lib/database/direct";
import { note } from "@/lib/flight-recorder/flight-recorder";

/** How often the rule hands one booking over. */
const handoversMax = 3;

/** How many bookings one run takes up; the next run goes on. */
const batchSize = 50;

// Someone who signs in again within an hour keeps what they have; a day ahead there is time for the new host to prepare.
const statement = `
  SELECT b.id, u.id AS host, u.name, d.id IS NOT NULL AS "hasDeclined" FROM "Booking" b
  JOIN "BookingHost" h ON h."bookingId" = b.id
  JOIN "User" u ON u.id = h."userId"
  LEFT JOIN "MeetingProviderConnection" c ON c."userId" = u.id AND c.provider = 'teams'
  LEFT JOIN "EventType" t ON t.id = b."eventTypeId"
  LEFT JOIN "Drift" d ON d."meetingId" = b."meetingId" AND d."hostId" = u.id AND d.state = 'open'
    AND t."hostDeclines" = 'hand_over'
  WHERE b."teamId" IS NOT NULL AND b.status IN ('pending', 'confirmed') AND b."startsAt" > now()
    AND (u."disabledAt" IS NOT NULL OR d.id IS NOT NULL OR (
      c.state = 'reconnect_needed' AND b."startsAt" < now() + interval '1 day'
      AND (SELECT max(s.at) FROM "ConnectionStateChange" s WHERE s."userId" = u.id AND s.provider = c.provider)
        < now() - interval '1 hour'))
    AND NOT EXISTS (SELECT 1 FROM "FlightEntry" e
      WHERE e."bookingId" = b.id AND e.step = 'handover_refused' AND e.at > now() - interval '1 hour')
    AND (SELECT count(*) FROM "FlightEntry" e
      WHERE e."bookingId" = b.id AND e.step = 'handed_over' AND e.facts->>'by' IN ('rule', 'calendar')) < $1::int
  ORDER BY b."startsAt" LIMIT $2::int`;

interface Due {
  id: string;
  host: string;
  name: string;
  hasDeclined: boolean;
}

/** Runs any number of times. What no one can take over stays as it is, says so in its activity, and is tried again an hour later. */
export async function handOverDue(): Promise<void> {
  const due = await run<Due>(statement, [handoversMax, batchSize]);
  for (const { id: bookingId, host, name, hasDeclined } of due) {
    const outcome = await handOver({ bookingId, by: hasDeclined ? "calendar" : "rule", from: host });
    if (outcome.ok || outcome.error.code === "from_unknown" || outcome.error.code === "not_found") continue;
    await note(db(), [bookingId], { step: "handover_refused", outcome: "failed", facts: { from: name } });
  }
}
