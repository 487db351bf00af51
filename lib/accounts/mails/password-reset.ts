import { env } from "@/lib/config/env";
import type { Tx } from "@/lib/database/client";
import { translator } from "@/lib/i18n/translator";
import { writeLetter } from "@/lib/outbox/letter";
import { sendMail } from "@/lib/outbox/outbox";

/** The link with which an organizer sets a new password. */
export async function sendPasswordReset(
  tx: Tx,
  { name, email, token }: { name: string; email: string; token: string },
): Promise<void> {
  const t = translator("mails");
  const letter = writeLetter({
    locale: "en",
    greeting: t("greeting", { name }),
    paragraphs: [t("passwordReset.lead", { site: env().APP_URL })],
    action: { label: t("passwordReset.action"), url: `${env().APP_URL}/reset-password/${token}` },
    closing: [t("passwordReset.closing")],
  });
  await sendMail(tx, { to: email, kind: "password-reset", subject: t("passwordReset.subject"), ...letter });
}
