/**
 * This server's own credentials at Microsoft: when they are refused no one's connection is at fault, so the administrators
 * are notified, at most once a day, and what waited goes on as soon as they are taken again.
 */

import { log } from "@/lib/config/log";
import { db, type Tx } from "@/lib/database/client";
import { sendCredentialsRefused } from "@/lib/meetings/mails/credentials-refused";
import { takeUpWaiting } from "@/lib/meetings/take-up";
import { DAY_MS } from "@/lib/slot-engine/calendar-date";

const kind = "teams_credentials";

/** Microsoft refused the credentials. `detail` is its error and number. A failure to notify is logged, never thrown. */
export async function noteCredentialsRefused(detail: string): Promise<void> {
  log().error({ detail }, "Microsoft refused this server's own credentials");
  await unlessFaulty(() =>
    db().$transaction(async (tx) => {
      await tx.operatorAlert.updateMany({
        where: { kind, clearedAt: { not: null } },
        data: { clearedAt: null, firstSeenAt: new Date() },
      });
      await tx.operatorAlert.upsert({ where: { kind }, create: { kind, detail }, update: { detail } });
      if (!(await isDue(tx))) return;
      const admins = await tx.user.findMany({
        where: { role: "admin" },
        select: { name: true, email: true, locale: true },
      });
      for (const admin of admins) await sendCredentialsRefused(tx, admin, detail);
    }),
  );
}

/** Takes the day's turn to alert; the row keeps other processes out until the transaction has ended. */
async function isDue(tx: Tx): Promise<boolean> {
  const now = new Date();
  const dayAgo = new Date(now.getTime() - DAY_MS);
  const { count } = await tx.operatorAlert.updateMany({
    where: { kind, OR: [{ lastSentAt: null }, { lastSentAt: { lte: dayAgo } }] },
    data: { lastSentAt: now },
  });
  return count > 0;
}

/** Microsoft refused the credentials when they were used last. */
export async function areCredentialsRefused(): Promise<boolean> {
  return (await db().operatorAlert.count({ where: { kind, clearedAt: null } })) > 0;
}

/** Microsoft took the credentials. The first time after a refusal, everything that waited for them is taken up. */
export async function noteCredentialsTaken(): Promise<void> {
  await unlessFaulty(() =>
    db().$transaction(async (tx) => {
      const cleared = { clearedAt: new Date() };
      const { count } = await tx.operatorAlert.updateMany({
        where: { kind, clearedAt: null },
        data: cleared,
      });
      if (count > 0) await takeUpWaiting(tx, "misconfigured");
    }),
  );
}

async function unlessFaulty(run: () => Promise<unknown>): Promise<void> {
  await run().catch((error) => log().error({ error }, "The alert about the credentials could not be kept"));
}
