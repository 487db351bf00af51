import { env } from "@/lib/config/env";
import type { Tx } from "@/lib/database/client";
import { translator } from "@/lib/i18n/translator";
import { writeLetter } from "@/lib/outbox/letter";
import { sendMail } from "@/lib/outbox/outbox";

/** Tells the old address of an account that another one took its place, in case it was not its holder. */
export async function sendEmailChanged(
  tx: Tx,
  { name, oldEmail, newEmail }: { name: string; oldEmail: string; newEmail: string },
): Promise<void> {
  const t = translator("mails");
  const letter = writeLetter({
    locale: "en",
    greeting: t("greeting", { name }),
    paragraphs: [t("emailChanged.lead", { site: env().APP_URL, email: newEmail })],
    closing: [t("emailChanged.closing")],
  });
  await sendMail(tx, { to: oldEmail, kind: "email-changed", subject: t("emailChanged.subject"), ...letter });
}
