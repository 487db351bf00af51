/** Trouble that only the people who run the installation can fix: each kind is told at most once a day. */
import type { Tx } from "@/lib/database/client";
import type { AccountHolder } from "@/lib/outbox/send-letter";
import { DAY_MS } from "@/lib/slot-engine/calendar-date";

export type AlertKind = "teams_credentials" | "texts_stopped";

/**
 * Notes that something is wrong, in the caller's transaction. Answers with the admins who are to be told now: none where they were today.
 * `detail` is never a secret, nor anything of a visitor's.
 */
export async function raiseAlert(tx: Tx, kind: AlertKind, detail: string): Promise<AccountHolder[]> {
  await tx.operatorAlert.updateMany({
    where: { kind, clearedAt: { not: null } },
    data: { clearedAt: null, firstSeenAt: new Date() },
  });
  await tx.operatorAlert.upsert({ where: { kind }, create: { kind, detail }, update: { detail } });
  if (!(await isDue(tx, kind))) return [];
  return tx.user.findMany({
    where: { role: "admin", disabledAt: null },
    select: { name: true, email: true, locale: true },
  });
}

/** Takes the day's turn to alert; the row keeps other processes out until the transaction has ended. */
async function isDue(tx: Tx, kind: AlertKind): Promise<boolean> {
  const now = new Date();
  const dayAgo = new Date(now.getTime() - DAY_MS);
  const { count } = await tx.operatorAlert.updateMany({
    where: { kind, OR: [{ lastSentAt: null }, { lastSentAt: { lte: dayAgo } }] },
    data: { lastSentAt: now },
  });
  return count > 0;
}

/** Notes that it is well again; true the first time after it wasn't. */
export async function clearAlert(tx: Tx, kind: AlertKind): Promise<boolean> {
  const { count } = await tx.operatorAlert.updateMany({
    where: { kind, clearedAt: null },
    data: { clearedAt: new Date() },
  });
  return count > 0;
}
