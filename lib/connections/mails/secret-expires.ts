import { env } from "@/lib/config/env";
import type { Tx } from "@/lib/database/client";
import { longDayName } from "@/lib/format/spoken-time";
import { translator } from "@/lib/i18n/translator";
import { writeLetter } from "@/lib/outbox/letter";
import { sendMail } from "@/lib/outbox/outbox";

interface SecretExpiry {
  /** Date `YYYY-MM-DD`. */
  expiresOn: string;
  /** Whole days until then. */
  days: number;
  /** How the second secret stands. */
  next: "none" | "refused" | "taken" | "untried";
  /** No mail about this date will follow. */
  isLast: boolean;
}

/** Tells a platform admin how long the client secret is still good. */
export async function sendSecretExpires(
  tx: Tx,
  { name, email }: { name: string; email: string },
  { expiresOn, days, next, isLast }: SecretExpiry,
): Promise<void> {
  const t = translator("mails");
  const letter = writeLetter({
    locale: "en",
    greeting: t("greeting", { name }),
    paragraphs: [
      t("secretExpires.lead", { site: env().APP_URL, date: longDayName(expiresOn) }),
      t("secretExpires.effect"),
      t("secretExpires.cure", { next }),
    ],
    action: { label: t("secretExpires.action"), url: `${env().APP_URL}/admin` },
    closing: [t("secretExpires.closing", { isLast: String(isLast) })],
  });
  await sendMail(tx, {
    to: email,
    kind: "secret-expires",
    subject: t("secretExpires.subject", { days }),
    ...letter,
  });
}
