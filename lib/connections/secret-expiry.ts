/** Mails to the admins before the client secret or certificate runs out: 60, 30, 14, 7 and 1 days ahead, each once for each date. */

import { sendSecretExpires } from "@/lib/connections/mails/secret-expires";
import { db } from "@/lib/database/client";
import { lastDayOf } from "@/lib/registration/credentials";
import { readNextCredential } from "@/lib/registration/next-secret";
import { registration } from "@/lib/registration/registration";
import { daysUntil } from "@/lib/registration/setup-facts";
import { setupOf } from "@/lib/registration/setup-state";

const provider = "teams";

/** Days before the last day. */
const stages = [60, 30, 14, 7, 1];

/**
 * Sends what is due; where several stages were missed only the latest. A new date begins again. Runs as often as one likes:
 * the row that says a mail was sent is written with the mail.
 */
export async function warnOfSecretExpiry(now: Date): Promise<void> {
  const app = await registration();
  const last = lastDayOf(app);
  if (!last || setupOf(app) === "not_configured") return;
  const { kind, expiresOn } = last;
  const days = daysUntil(expiresOn, now.getTime());
  const stage = stages.findLast((one) => days <= one);
  if (stage === undefined || days < 0) return;
  const next = await readNextCredential(app);
  await db().$transaction(async (tx) => {
    const admins = await tx.user.findMany({
      where: { role: "admin" },
      select: { name: true, email: true, locale: true },
    });
    if (admins.length === 0) return;
    const { count } = await tx.secretExpiryNotice.createMany({
      data: { provider, expiresOn: new Date(expiresOn), days: stage },
      skipDuplicates: true,
    });
    if (count === 0) return;
    const facts = { kind, expiresOn, days, next, isLast: stage === stages.at(-1) };
    for (const admin of admins) await sendSecretExpires(tx, admin, facts);
  });
}
