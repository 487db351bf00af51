import { env } from "@/lib/config/env";
import type { Tx } from "@/lib/database/client";
import { translator } from "@/lib/i18n/translator";
import { writeLetter } from "@/lib/notifications/messages/letter";
import { sendMail } from "@/lib/notifications/outbox";

/** Tells an account's holder that its password is another one now, in case it was not them. */
export async function sendPasswordChanged(
  tx: Tx,
  { name, email }: { name: string; email: string },
): Promise<void> {
  const t = translator("mails");
  const letter = writeLetter({
    locale: "en",
    greeting: t("greeting", { name }),
    paragraphs: [t("passwordChanged.lead", { site: env().APP_URL }), t("passwordChanged.closing")],
    action: { label: t("passwordChanged.action"), url: `${env().APP_URL}/forgot-password` },
    closing: [],
  });
  await sendMail(tx, {
    to: email,
    kind: "password-changed",
    subject: t("passwordChanged.subject"),
    ...letter,
  });
}
