import { env } from "@/lib/config/env";
import type { Tx } from "@/lib/database/client";
import { localeOf } from "@/lib/i18n/languages";
import { translator } from "@/lib/i18n/translator";
import { writeLetter } from "@/lib/outbox/letter";
import { sendMail } from "@/lib/outbox/outbox";

/** Notifies the old address of an account that it was replaced, in case someone else did it. */
export async function sendEmailChanged(
  tx: Tx,
  holder: { name: string; oldEmail: string; newEmail: string; locale: string },
): Promise<void> {
  const { name, oldEmail, newEmail } = holder;
  const locale = localeOf(holder.locale);
  const t = translator("mails", locale);
  const letter = writeLetter({
    locale,
    greeting: t("greeting", { name }),
    paragraphs: [t("emailChanged.lead", { site: env().APP_URL, email: newEmail })],
    closing: [t("emailChanged.closing")],
  });
  await sendMail(tx, { to: oldEmail, kind: "email-changed", subject: t("emailChanged.subject"), ...letter });
}
