import { env } from "@/lib/config/env";
import type { Tx } from "@/lib/database/client";
import { longDayName } from "@/lib/format/spoken-time";
import { localeOf } from "@/lib/i18n/languages";
import { translator } from "@/lib/i18n/translator";
import { writeLetter } from "@/lib/outbox/letter";
import { sendMail } from "@/lib/outbox/outbox";

interface SecretExpiry {
  /** Date `YYYY-MM-DD`. */
  expiresOn: string;
  /** Whole days until then. */
  days: number;
  /** The status of the second secret. */
  next: "none" | "refused" | "taken" | "untried";
  /** No mail about this date will follow. */
  isLast: boolean;
}

/** Tells a platform admin how long the client secret is still good. */
export async function sendSecretExpires(
  tx: Tx,
  admin: { name: string; email: string; locale: string },
  { expiresOn, days, next, isLast }: SecretExpiry,
): Promise<void> {
  const { name, email } = admin;
  const locale = localeOf(admin.locale);
  const t = translator("mails", locale);
  const letter = writeLetter({
    locale,
    greeting: t("greeting", { name }),
    paragraphs: [
      t("secretExpires.lead", { site: env().APP_URL, date: longDayName(expiresOn, locale) }),
      t("secretExpires.effect"),
      t("secretExpires.cure", { next }),
    ],
    actions: [{ label: t("secretExpires.action"), url: `${env().APP_URL}/admin` }],
    closing: [t("secretExpires.closing", { isLast: String(isLast) })],
  });
  await sendMail(tx, {
    to: email,
    kind: "secret-expires",
    subject: t("secretExpires.subject", { days }),
    ...letter,
  });
}
