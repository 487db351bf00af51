import { env } from "@/lib/config/env";
import type { Tx } from "@/lib/database/client";
import { translator } from "@/lib/i18n/translator";
import { writeLetter } from "@/lib/outbox/letter";
import { sendMail } from "@/lib/outbox/outbox";

/** Tells a platform admin that Microsoft refuses this server itself. `detail` is Microsoft's error and number. */
export async function sendCredentialsRefused(
  tx: Tx,
  { name, email }: { name: string; email: string },
  detail: string,
): Promise<void> {
  const t = translator("mails");
  const letter = writeLetter({
    locale: "en",
    greeting: t("greeting", { name }),
    paragraphs: [
      t("credentialsRefused.lead", { site: env().APP_URL, detail }),
      t("credentialsRefused.effect"),
      t("credentialsRefused.cure"),
    ],
    action: { label: t("credentialsRefused.action"), url: `${env().APP_URL}/admin` },
    closing: [t("credentialsRefused.closing")],
  });
  await sendMail(tx, {
    to: email,
    kind: "credentials-refused",
    subject: t("credentialsRefused.subject"),
    ...letter,
  });
}
