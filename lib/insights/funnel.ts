/**
 * Counts how far visitors of booking pages get, by event type and day. No one is recognized: these are sums. They are kept in memory and written
 * together every few seconds, so that no visitor waits for them; a process that dies loses those of its last seconds.
 */

import { run } from "@/lib/database/direct";
import { logFault } from "@/lib/database/outage";
import { localDateOf } from "@/lib/slot-engine/zone";

export const funnelSteps = ["page", "times", "form", "booked"] as const;

export type FunnelStep = (typeof funnelSteps)[number];

const flushMs = 5_000;

/** More are not kept while the database is away. */
const pendingMax = 20_000;

interface Pending {
  counts: Map<string, number>;
  timer: NodeJS.Timeout | null;
}

// On the global object, since pages are bundled several times.
const globals = globalThis as { bellhopFunnel?: Pending };

function pending(): Pending {
  globals.bellhopFunnel ??= { counts: new Map(), timer: null };
  return globals.bellhopFunnel;
}

/** Counts one visitor at a step. The day is that of `timeZone` (IANA), the organizer's. */
export function countStep(eventTypeId: string, step: FunnelStep, timeZone: string, now = Date.now()): void {
  add(`${eventTypeId} ${localDateOf(now, timeZone)} ${step}`, 1);
}

function add(key: string, more: number): void {
  const { counts } = pending();
  const before = counts.get(key);
  if (before === undefined && counts.size >= pendingMax) return;
  counts.set(key, (before ?? 0) + more);
  later();
}

function later(): void {
  const state = pending();
  if (state.timer) return;
  state.timer = setTimeout(() => {
    state.timer = null;
    flushFunnel().catch((error) => logFault(error, "What visitors did could not be counted"));
  }, flushMs);
  state.timer.unref();
}

// In one order, so that two processes that count the same don't wait for each other. An event type that was deleted meanwhile is left out.
const statement = `
  INSERT INTO "FunnelCount" ("eventTypeId", day, step, count)
  SELECT e.id, c.day, c.step::"FunnelStep", c.count
  FROM unnest($1::uuid[], $2::date[], $3::text[], $4::int[]) AS c (id, day, step, count)
  JOIN "EventType" e ON e.id = c.id
  ORDER BY e.id, c.day, c.step
  ON CONFLICT ("eventTypeId", day, step) DO UPDATE SET count = "FunnelCount".count + EXCLUDED.count`;

/** Writes what has been counted. What can't be written is counted later. */
export async function flushFunnel(): Promise<void> {
  const state = pending();
  const counted = [...state.counts];
  if (counted.length === 0) return;
  state.counts = new Map();
  const parts = counted.map(([key]) => key.split(" "));
  const column = (place: number) => parts.map((one) => one[place] ?? "");
  try {
    await run(statement, [column(0), column(1), column(2), counted.map(([, count]) => count)]);
  } catch (error) {
    for (const [key, count] of counted) add(key, count);
    throw error;
  }
}

/** How many visitors got how far, on all booking pages and days. */
export function countFunnel(): Promise<{ step: FunnelStep; count: number }[]> {
  return run(`SELECT step, sum(count)::int AS count FROM "FunnelCount" GROUP BY step`, []);
}
