import { zoneOf } from "@/lib/booking-record/zone";
import type { Tx } from "@/lib/database/client";
import { note } from "@/lib/flight-recorder/flight-recorder";
import { sendCalendarTrouble } from "@/lib/meetings/mails/calendar-trouble";
import type { LeasedMeeting } from "@/lib/meetings/meeting-lease";
import type { Outcome } from "@/lib/meetings/meeting-outcome";

/** Emails the organizer that Outlook doesn't do what a booking needs, once per booking and problem. */
export async function notifyOrganizer(
  tx: Tx,
  meeting: LeasedMeeting,
  what: NonNullable<Outcome["notifies"]>,
): Promise<void> {
  const booking = meeting.bookings.findLast(
    ({ status }) => (status === "confirmed") === !what.startsWith("left"),
  );
  if (!booking) return;
  const earlier = await tx.flightEntry.count({
    where: {
      bookingId: { in: meeting.bookings.map(({ id }) => id) },
      step: "organizer_told",
      facts: { path: ["what"], equals: what },
    },
  });
  if (earlier > 0) return;
  await note(tx, [booking.id], { step: "organizer_told", outcome: "ok", facts: { what } });
  const { startsAt, endsAt, host } = meeting;
  await sendCalendarTrouble(tx, {
    what,
    organizer: host,
    booking: { ...booking, startsAt, endsAt },
    timeZone: zoneOf(meeting, host),
  });
}
