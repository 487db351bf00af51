/** If a provider throttles an account, it says for how long; all processes respect that. */

import { db } from "@/lib/database/client";
import type { Owner } from "@/lib/grants/health";

/** An account at the provider, no matter who has connected it, or one connection to it. */
type Whose = Owner | { tenantId: string; accountId: string };

/** Pauses calls about this account for this many seconds. A longer pause already in force stays. */
export async function notePause(whose: Whose, seconds: number): Promise<void> {
  const until = new Date(Date.now() + seconds * 1000);
  const where = { ...whose, OR: [{ pausedUntil: null }, { pausedUntil: { lt: until } }] };
  const data = { pausedUntil: until };
  await db().meetingProviderConnection.updateMany({ where, data });
  if ("tenantId" in whose) await db().formerMailbox.updateMany({ where, data });
}

/** Until when calls about this account of an organizer are paused, connected now or before; null: there is no pause. */
export async function readPause(
  { userId, provider }: Owner,
  { tenantId, accountId }: { tenantId: string; accountId: string },
): Promise<Date | null> {
  const account = { userId, provider, tenantId, accountId, pausedUntil: { not: null } };
  const select = { pausedUntil: true };
  const known = await Promise.all([
    db().meetingProviderConnection.findMany({ where: account, select }),
    db().formerMailbox.findMany({ where: account, select }),
  ]);
  const newest = Math.max(...known.flat().map(({ pausedUntil }) => pausedUntil?.getTime() ?? 0));
  return newest > 0 ? new Date(newest) : null;
}
