import { env } from "@/lib/config/env";
import type { Tx } from "@/lib/database/client";
import { clockOf } from "@/lib/format/clock";
import { startLabel } from "@/lib/format/two-clocks";
import { localeOf } from "@/lib/i18n/languages";
import { translator } from "@/lib/i18n/translator";
import { writeLetter } from "@/lib/outbox/letter";
import { sendMail } from "@/lib/outbox/outbox";

interface CalendarTrouble {
  /** The event can't be made, can't be changed, or is left though no one comes any more. */
  what: "not_made" | "not_changed" | "left" | "not_reached" | "left_unreached";
  organizer: { name: string; email: string; locale: string };
  booking: { id: string; title: string; visitorName: string; startsAt: Date; endsAt: Date };
  /** IANA zone of the organizer. */
  timeZone: string;
}

/** Tells the organizer that their calendar is not as a booking needs it, and that Bellhop goes on trying. */
export async function sendCalendarTrouble(tx: Tx, trouble: CalendarTrouble): Promise<void> {
  const { what, organizer, booking, timeZone } = trouble;
  const locale = localeOf(organizer.locale);
  const t = translator("mails", locale);
  const names = {
    what,
    visitor: booking.visitorName,
    title: booking.title,
    start: startLabel(booking, timeZone, clockOf(organizer.locale), locale),
  };
  const letter = writeLetter({
    locale,
    greeting: t("greeting", { name: organizer.name }),
    paragraphs: [t("calendarTrouble.lead", names), t("calendarTrouble.effect", names)],
    actions: [{ label: t("calendarTrouble.action"), url: `${env().APP_URL}/account/bookings/${booking.id}` }],
    closing: [],
  });
  await sendMail(tx, {
    to: organizer.email,
    kind: "booking-calendar-trouble",
    subject: t("calendarTrouble.subject", names),
    bookingId: booking.id,
    ...letter,
  });
}
