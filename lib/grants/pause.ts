/** A provider that is asked too much says for how long it wants to be left alone about an account; all processes keep to it. */

import { db } from "@/lib/database/client";
import { run } from "@/lib/database/direct";
import type { Owner } from "@/lib/grants/health";

/** An account at the provider, anyone who has connected it, or one connection to it. */
type Whose = Owner | { tenantId: string; accountId: string };

/** No one asks about this account for this many seconds from now on. A longer pause that is known already stays. */
export async function notePause(whose: Whose, seconds: number): Promise<void> {
  const until = new Date(Date.now() + seconds * 1000);
  const where = { ...whose, OR: [{ pausedUntil: null }, { pausedUntil: { lt: until } }] };
  const data = { pausedUntil: until };
  await db().meetingProviderConnection.updateMany({ where, data });
  if ("tenantId" in whose) await db().formerMailbox.updateMany({ where, data });
}

/** Until when no one is to ask about this account of an organizer's, connected now or before; null: there is no pause. */
export async function readPause(
  { userId, provider }: Owner,
  { tenantId, accountId }: { tenantId: string; accountId: string },
): Promise<Date | null> {
  const [row] = await run<{ pausedUntil: Date | null }>(
    `SELECT max("pausedUntil") AS "pausedUntil" FROM (
       SELECT "pausedUntil" FROM "MeetingProviderConnection"
       WHERE "userId" = $1::uuid AND provider = $2 AND "tenantId" = $3 AND "accountId" = $4
       UNION ALL SELECT "pausedUntil" FROM "FormerMailbox"
       WHERE "userId" = $1::uuid AND provider = $2 AND "tenantId" = $3 AND "accountId" = $4) known`,
    [userId, provider, tenantId, accountId],
  );
  return row?.pausedUntil ?? null;
}
