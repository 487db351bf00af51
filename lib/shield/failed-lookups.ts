/** How often a network asks for what there isn't: whoever guesses links, or organizers and their times. */

import { db } from "@/lib/database/client";
import { run } from "@/lib/database/direct";
import { isAnyones, networkHashOf } from "@/lib/shield/traces";

const hourMs = 3600_000;

/** More in an hour change no verdict, so one process doesn't count on. */
const mostCounted = 100;

const counted = new Map<string, number>();

/** Counts one of them. Where the address says nothing of its sender, nothing is counted. */
export async function noteFailedLookup(address: string | undefined, now = Date.now()): Promise<void> {
  if (isAnyones(address)) return;
  const networkHash = networkHashOf(address);
  const hour = Math.floor(now / hourMs) * hourMs;
  const key = `${hour} ${networkHash}`;
  const count = (counted.get(key) ?? 0) + 1;
  if (count > mostCounted) return;
  // The map stays small: the first ones in it are the oldest.
  if (counted.size >= 10_000) for (const old of [...counted.keys()].slice(0, 5_000)) counted.delete(old);
  counted.set(key, count);
  await run(
    `INSERT INTO "FailedLookup" AS f ("networkHash", hour, count) VALUES ($1::bigint, $2::timestamptz, 1)
     ON CONFLICT ("networkHash", hour) DO UPDATE SET count = f.count + 1`,
    [networkHash, new Date(hour)],
  );
}

/** Deletes what no count looks at any more. */
export async function sweepFailedLookups(now = Date.now()): Promise<void> {
  await db().failedLookup.deleteMany({ where: { hour: { lt: new Date(now - 3 * hourMs) } } });
}
