import { setTimeout as pause } from "node:timers/promises";
import { syncConnection } from "@/lib/calendars/sync-connection";
import { log } from "@/lib/config/log";
import { run } from "@/lib/database/direct";

/** How long a visitor waits for an organizer's calendars to be read. */
const patienceMs = 2_000;

const pollMs = 40;

interface Reading {
  done: Promise<void>;
  beganAt: number;
}

const underWay = new Map<string, Reading>();

/**
 * Has a connection's calendars read while a visitor waits: right after it was made, or after a standstill. Waits two seconds at
 * most, however many ask; reading goes on after that.
 */
export async function readNow(connectionId: string): Promise<void> {
  const reading = underWay.get(connectionId) ?? begin(connectionId);
  const left = reading.beganAt + patienceMs - performance.now();
  if (left <= 0) return;
  const stop = new AbortController();
  await Promise.race([reading.done, pause(left, null, { signal: stop.signal }).catch(() => null)]);
  stop.abort();
}

function begin(connectionId: string): Reading {
  const done = read(connectionId)
    .catch((error) => log().error({ error }, "A calendar could not be read"))
    .finally(() => underWay.delete(connectionId));
  const reading = { done, beganAt: performance.now() };
  underWay.set(connectionId, reading);
  return reading;
}

async function read(connectionId: string): Promise<void> {
  await syncConnection({ connectionId }, { priority: "visitor" });
  // Another process may have had them: it is waited for, as long as it has the lease.
  const end = performance.now() + patienceMs;
  while (performance.now() < end && (await isBeingRead(connectionId))) await pause(pollMs);
}

async function isBeingRead(connectionId: string): Promise<boolean> {
  const [held] = await run(
    `SELECT 1 FROM "SyncedCalendar" WHERE "connectionId" = $1::uuid AND blocks AND "leaseUntil" > now() LIMIT 1`,
    [connectionId],
  );
  return held !== undefined;
}
