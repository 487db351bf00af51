import { env } from "@/lib/config/env";
import type { Tx } from "@/lib/database/client";
import { localeOf } from "@/lib/i18n/languages";
import { translator } from "@/lib/i18n/translator";
import { writeLetter } from "@/lib/outbox/letter";
import { sendMail } from "@/lib/outbox/outbox";

/** Notifies a platform admin that Microsoft refuses this server itself. `detail` is Microsoft's error and number. */
export async function sendCredentialsRefused(
  tx: Tx,
  admin: { name: string; email: string; locale: string },
  detail: string,
): Promise<void> {
  const { name, email } = admin;
  const locale = localeOf(admin.locale);
  const t = translator("mails", locale);
  const letter = writeLetter({
    locale,
    greeting: t("greeting", { name }),
    paragraphs: [
      t("credentialsRefused.lead", { site: env().APP_URL, detail }),
      t("credentialsRefused.effect"),
      t("credentialsRefused.cure"),
    ],
    actions: [{ label: t("credentialsRefused.action"), url: `${env().APP_URL}/admin` }],
    closing: [t("credentialsRefused.closing")],
  });
  await sendMail(tx, {
    to: email,
    kind: "credentials-refused",
    subject: t("credentialsRefused.subject"),
    ...letter,
  });
}
