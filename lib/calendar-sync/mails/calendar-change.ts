import { env } from "@/lib/config/env";
import type { Tx } from "@/lib/database/client";
import { clockOf } from "@/lib/format/clock";
import { startLabel } from "@/lib/format/two-clocks";
import { localeOf } from "@/lib/i18n/languages";
import { translator } from "@/lib/i18n/translator";
import { writeLetter } from "@/lib/outbox/letter";
import { sendMail } from "@/lib/outbox/outbox";

interface CalendarChange {
  /** moved, removed, link_lost, declined, proposed */
  kind: string;
  /** Why it was not simply done, as a stable code. */
  why: string;
  organizer: { name: string; email: string; locale: string };
  booking: { id: string; title: string; visitorName: string; startsAt: Date; endsAt: Date };
  /** The time in the calendar, or the one that is proposed. */
  startsAt: Date | null;
  /** IANA zone of the organizer. */
  timeZone: string;
}

/** Asks the organizer what should become of a booking that differs from its calendar event. */
export async function sendCalendarChange(tx: Tx, change: CalendarChange): Promise<void> {
  const { kind, why, organizer, booking, startsAt, timeZone } = change;
  const locale = localeOf(organizer.locale);
  const t = translator("mails", locale);
  const clock = clockOf(organizer.locale);
  const names = {
    kind,
    why,
    visitor: booking.visitorName,
    title: booking.title,
    start: startLabel(booking, timeZone, clock, locale),
    other: startsAt ? startLabel({ startsAt }, timeZone, clock, locale) : "",
  };
  const letter = writeLetter({
    locale,
    greeting: t("greeting", { name: organizer.name }),
    paragraphs: [t("calendarChange.lead", names), t("calendarChange.effect", names)],
    actions: [{ label: t("calendarChange.action"), url: `${env().APP_URL}/account/bookings/drift` }],
    closing: [],
  });
  await sendMail(tx, {
    to: organizer.email,
    kind: "booking-calendar-change",
    subject: t("calendarChange.subject", names),
    bookingId: booking.id,
    ...letter,
  });
}
