import { env } from "@/lib/config/env";
import type { Tx } from "@/lib/database/client";
import { type AccountHolder, sendLetter } from "@/lib/outbox/send-letter";

interface ClosedTimes extends AccountHolder {
  /** How long Outlook has not been read, in whole hours. */
  hours: number;
  /** The calendar that someone else shares no longer, where that is why. */
  sharedName: string | null;
}

/** Notifies an organizer that their times are not offered because their calendar can't be read. */
export async function sendCalendarUnreadable(
  tx: Tx,
  { hours, sharedName: name, ...holder }: ClosedTimes,
): Promise<void> {
  const site = env().APP_URL;
  await sendLetter(tx, holder, "calendar-unreadable", (words) => ({
    subject: name ? words("calendarUnreadable.sharedSubject", { name }) : words("calendarUnreadable.subject"),
    paragraphs: [
      name
        ? words("calendarUnreadable.sharedLead", { site, name })
        : words("calendarUnreadable.lead", { site, hours }),
      words("calendarUnreadable.effect"),
    ],
    actions: [{ label: words("calendarUnreadable.action"), url: `${site}/account/integrations` }],
    closing: [words(name ? "calendarUnreadable.sharedClosing" : "calendarUnreadable.closing")],
  }));
}
