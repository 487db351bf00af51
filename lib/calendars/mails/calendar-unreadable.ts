import { env } from "@/lib/config/env";
import type { Tx } from "@/lib/database/client";
import { localeOf } from "@/lib/i18n/languages";
import { translator } from "@/lib/i18n/translator";
import { writeLetter } from "@/lib/outbox/letter";
import { sendMail } from "@/lib/outbox/outbox";

interface ClosedTimes {
  name: string;
  email: string;
  /** BCP 47 */
  locale: string;
  /** How long Outlook has not been read, in whole hours. */
  hours: number;
}

/** Tells an organizer that their times have not been offered for a while, because their calendar can't be read. */
export async function sendCalendarUnreadable(tx: Tx, closed: ClosedTimes): Promise<void> {
  const { name, email, hours } = closed;
  const locale = localeOf(closed.locale);
  const t = translator("mails", locale);
  const letter = writeLetter({
    locale,
    greeting: t("greeting", { name }),
    paragraphs: [
      t("calendarUnreadable.lead", { site: env().APP_URL, hours }),
      t("calendarUnreadable.effect"),
    ],
    actions: [{ label: t("calendarUnreadable.action"), url: `${env().APP_URL}/account/integrations` }],
    closing: [t("calendarUnreadable.closing")],
  });
  await sendMail(tx, {
    to: email,
    kind: "calendar-unreadable",
    subject: t("calendarUnreadable.subject"),
    ...letter,
  });
}
