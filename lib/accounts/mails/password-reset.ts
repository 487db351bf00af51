import { env } from "@/lib/config/env";
import type { Tx } from "@/lib/database/client";
import { localeOf } from "@/lib/i18n/languages";
import { translator } from "@/lib/i18n/translator";
import { writeLetter } from "@/lib/outbox/letter";
import { sendMail } from "@/lib/outbox/outbox";

/** The link with which an organizer sets a new password. */
export async function sendPasswordReset(
  tx: Tx,
  holder: { name: string; email: string; locale: string; token: string },
): Promise<void> {
  const { name, email, token } = holder;
  const locale = localeOf(holder.locale);
  const t = translator("mails", locale);
  const letter = writeLetter({
    locale,
    greeting: t("greeting", { name }),
    paragraphs: [t("passwordReset.lead", { site: env().APP_URL })],
    actions: [{ label: t("passwordReset.action"), url: `${env().APP_URL}/reset-password/${token}` }],
    closing: [t("passwordReset.closing")],
  });
  await sendMail(tx, { to: email, kind: "password-reset", subject: t("passwordReset.subject"), ...letter });
}
