import { env } from "@/lib/config/env";
import type { Tx } from "@/lib/database/client";
import { clockOf } from "@/lib/format/clock";
import { startLabel } from "@/lib/format/two-clocks";
import { type AccountHolder, sendLetter } from "@/lib/outbox/send-letter";

interface CalendarTrouble {
  /** The event can't be made, can't be changed, or is left though no one comes any more. */
  what: "not_made" | "not_changed" | "left" | "not_reached" | "left_unreached";
  organizer: AccountHolder;
  booking: { id: string; title: string; visitorName: string; startsAt: Date; endsAt: Date };
  /** IANA zone of the organizer. */
  timeZone: string;
}

/** Notifies the organizer that their calendar doesn't match a booking, and that Bellhop keeps trying. */
export async function sendCalendarTrouble(tx: Tx, trouble: CalendarTrouble): Promise<void> {
  const { what, organizer, booking, timeZone } = trouble;
  await sendLetter(tx, organizer, "booking-calendar-trouble", (words, locale) => {
    const names = {
      what,
      visitor: booking.visitorName,
      title: booking.title,
      start: startLabel(booking, timeZone, clockOf(organizer.locale), locale),
    };
    const url = `${env().APP_URL}/account/bookings/${booking.id}`;
    return {
      bookingId: booking.id,
      subject: words("calendarTrouble.subject", names),
      paragraphs: [words("calendarTrouble.lead", names), words("calendarTrouble.effect", names)],
      actions: [{ label: words("calendarTrouble.action"), url }],
    };
  });
}
