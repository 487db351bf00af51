import { env } from "@/lib/config/env";
import type { Tx } from "@/lib/database/client";
import { type AccountHolder, sendLetter } from "@/lib/outbox/send-letter";

interface ClosedTimes extends AccountHolder {
  /** How long Outlook has not been read, in whole hours. */
  hours: number;
}

/** Notifies an organizer that their times are not offered because their calendar can't be read. */
export async function sendCalendarUnreadable(tx: Tx, { hours, ...holder }: ClosedTimes): Promise<void> {
  const site = env().APP_URL;
  await sendLetter(tx, holder, "calendar-unreadable", (words) => ({
    subject: words("calendarUnreadable.subject"),
    paragraphs: [words("calendarUnreadable.lead", { site, hours }), words("calendarUnreadable.effect")],
    actions: [{ label: words("calendarUnreadable.action"), url: `${site}/account/integrations` }],
    closing: [words("calendarUnreadable.closing")],
  }));
}
