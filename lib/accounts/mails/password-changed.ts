import { env } from "@/lib/config/env";
import type { Tx } from "@/lib/database/client";
import { localeOf } from "@/lib/i18n/languages";
import { translator } from "@/lib/i18n/translator";
import { writeLetter } from "@/lib/outbox/letter";
import { sendMail } from "@/lib/outbox/outbox";

/** Notifies an account's holder that the password was changed, and what happened to the API keys, in case someone else did it. */
export async function sendPasswordChanged(
  tx: Tx,
  holder: { name: string; email: string; locale: string; keys: { kept: number; ended: number } },
): Promise<void> {
  const { name, email, keys } = holder;
  const locale = localeOf(holder.locale);
  const t = translator("mails", locale);
  const letter = writeLetter({
    locale,
    greeting: t("greeting", { name }),
    paragraphs: [
      t("passwordChanged.lead", { site: env().APP_URL }),
      ...(keys.ended > 0 ? [t("passwordChanged.keysEnded", { count: keys.ended })] : []),
      ...(keys.kept > 0
        ? [t("passwordChanged.keysKept", { count: keys.kept, page: `${env().APP_URL}/account/developer` })]
        : []),
      t("passwordChanged.closing"),
    ],
    actions: [{ label: t("passwordChanged.action"), url: `${env().APP_URL}/forgot-password` }],
    closing: [],
  });
  await sendMail(tx, {
    to: email,
    kind: "password-changed",
    subject: t("passwordChanged.subject"),
    ...letter,
  });
}
