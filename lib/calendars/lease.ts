/** One process at a time reads a calendar. Whatever it writes carries its lease, so that a late writer changes nothing. */
import { randomUUID } from "node:crypto";
import { type Run, run } from "@/lib/database/direct";

/** Longer than any call to the provider may take. */
const leaseSeconds = 60;

/** A calendar, leased by the one who reads it. */
export interface HeldCalendar {
  id: string;
  leaseId: string;
  connectionId: string;
  userId: string;
  calendarId: string;
  isDefault: boolean;
  /** Null: the account's. */
  ownerAddress: string | null;
  round: number;
  roundUnderWay: number | null;
  roundStartedAt: Date | null;
  windowStart: Date | null;
  windowEnd: Date | null;
  nextWindowStart: Date | null;
  nextWindowEnd: Date | null;
  nextLink: string | null;
  deltaLink: string | null;
  syncedAt: Date | null;
  changedAt: Date | null;
  attempts: number;
  staleAfterMinutes: number;
}

/** Another process has the calendar now, so this one must not write what it found. */
export class LeaseLost extends Error {
  readonly code = "lease_lost";
  override name = "LeaseLost";
}

const columns = `
  k.id, k."leaseId", k."connectionId", c."userId", k."calendarId", k."isDefault", k."ownerAddress", k.round, k."roundUnderWay",
  k."roundStartedAt", k."windowStart", k."windowEnd", k."nextWindowStart", k."nextWindowEnd", k."nextLink", k."deltaLink",
  k."syncedAt", k."changedAt", k.attempts,
  coalesce((SELECT r."staleAfterMinutes" FROM "CalendarRules" r WHERE r."userId" = c."userId"), 15) AS "staleAfterMinutes"`;

const take = `
  UPDATE "SyncedCalendar" k
  SET "leaseId" = $2::uuid, "leaseUntil" = now() + make_interval(secs => ${leaseSeconds}), "askedAt" = NULL
  FROM "MeetingProviderConnection" c
  WHERE k.id = $1::uuid AND c.id = k."connectionId" AND (k."leaseUntil" IS NULL OR k."leaseUntil" < now())
  RETURNING ${columns}`;

const askAgain = `UPDATE "SyncedCalendar" SET "askedAt" = now() WHERE id = $1::uuid RETURNING id`;

/** Takes a calendar. `busy`: another process reads it, and will read it once more. */
export async function takeCalendar(id: string): Promise<HeldCalendar | "busy" | "gone"> {
  const [held] = await run<HeldCalendar>(take, [id, randomUUID()]);
  if (held) return held;
  const [there] = await run(askAgain, [id]);
  return there ? "busy" : "gone";
}

const hold = `
  UPDATE "SyncedCalendar" SET "leaseUntil" = now() + make_interval(secs => ${leaseSeconds})
  WHERE id = $1::uuid AND "leaseId" = $2::uuid RETURNING id`;

/** Locks the row for the rest of the transaction and prolongs the lease. Throws `LeaseLost`. */
export async function keepLease(tx: Run, { id, leaseId }: HeldCalendar): Promise<void> {
  const [held] = await tx(hold, [id, leaseId]);
  if (!held) throw new LeaseLost("Another process reads this calendar.");
}

const release = `
  UPDATE "SyncedCalendar" SET "leaseId" = NULL, "leaseUntil" = NULL
  WHERE id = $1::uuid AND "leaseId" = $2::uuid`;

/** Releases a calendar without recording an outcome. */
export async function releaseCalendar({ id, leaseId }: HeldCalendar): Promise<void> {
  await run(release, [id, leaseId]);
}
