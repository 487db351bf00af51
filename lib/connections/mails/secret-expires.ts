import { env } from "@/lib/config/env";
import type { Tx } from "@/lib/database/client";
import { longDayName } from "@/lib/format/spoken-time";
import { type AccountHolder, sendLetter } from "@/lib/outbox/send-letter";

interface SecretExpiry {
  kind: "secret" | "certificate";
  /** Date `YYYY-MM-DD`. */
  expiresOn: string;
  /** Whole days until then. */
  days: number;
  /** The status of the second one. */
  next: "none" | "refused" | "taken" | "untried";
  /** No mail about this date will follow. */
  isLast: boolean;
}

/** Notifies a platform admin when the client secret or certificate expires. */
export async function sendSecretExpires(
  tx: Tx,
  admin: AccountHolder,
  { kind, expiresOn, days, next, isLast }: SecretExpiry,
): Promise<void> {
  const site = env().APP_URL;
  await sendLetter(tx, admin, "secret-expires", (words, locale) => ({
    subject: words("secretExpires.subject", { kind, days }),
    paragraphs: [
      words("secretExpires.lead", { kind, site, date: longDayName(expiresOn, locale) }),
      words("secretExpires.effect"),
      words(kind === "certificate" ? "secretExpires.certificateCure" : "secretExpires.cure", { next }),
    ],
    actions: [{ label: words("secretExpires.action"), url: `${site}/admin` }],
    closing: [words("secretExpires.closing", { kind, isLast: String(isLast) })],
  }));
}
