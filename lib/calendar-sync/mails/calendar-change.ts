import { env } from "@/lib/config/env";
import type { Tx } from "@/lib/database/client";
import { clockOf } from "@/lib/format/clock";
import { allOf } from "@/lib/format/lists";
import { startLabel } from "@/lib/format/two-clocks";
import { type AccountHolder, sendLetter } from "@/lib/outbox/send-letter";

interface CalendarChange {
  /** moved, removed, link_lost, declined, proposed, host_declined, room_declined */
  kind: string;
  /** Why it was not applied automatically, as a stable code. */
  why: string;
  /** The name of the host who declined, or empty. */
  host: string;
  /** The names of the rooms that declined. */
  rooms: readonly string[];
  organizer: AccountHolder;
  booking: { id: string; title: string; visitorName: string; startsAt: Date; endsAt: Date };
  /** The time in the calendar, or the one that is proposed. */
  startsAt: Date | null;
  /** IANA zone of the organizer. */
  timeZone: string;
}

/** Asks the organizer what should become of a booking that differs from its calendar event. */
export async function sendCalendarChange(tx: Tx, change: CalendarChange): Promise<void> {
  const { kind, why, host, rooms, organizer, booking, startsAt, timeZone } = change;
  const clock = clockOf(organizer.locale);
  const isRoom = kind === "room_declined";
  await sendLetter(tx, organizer, "booking-calendar-change", (words, locale) => {
    const names = {
      kind,
      why,
      host,
      rooms: allOf(rooms, locale),
      visitor: booking.visitorName,
      title: booking.title,
      start: startLabel(booking, timeZone, clock, locale),
      other: startsAt ? startLabel({ startsAt }, timeZone, clock, locale) : "",
    };
    return {
      bookingId: booking.id,
      subject: words(isRoom ? "calendarChange.roomSubject" : "calendarChange.subject", names),
      paragraphs: [
        words(isRoom ? "calendarChange.declinedByRooms" : "calendarChange.lead", names),
        words("calendarChange.effect", names),
      ],
      actions: [{ label: words("calendarChange.action"), url: `${env().APP_URL}/account/bookings/drift` }],
    };
  });
}
