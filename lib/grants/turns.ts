/** Which connection is maintained next. Turns are taken in the database, so that any number of workers share them. */
import { db } from "@/lib/database/client";
import { Prisma } from "@/lib/database/generated/client";

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

/** `renew`: the token, at least once a day. `verify`: everything, once a week. */
const duties = {
  renew: { column: Prisma.raw('"renewDueAt"'), retryMs: 15 * minuteMs },
  verify: { column: Prisma.raw('"verifyDueAt"'), retryMs: hourMs },
};

export interface Turn {
  userId: string;
  tokenVersion: number;
}

/**
 * Takes connections of a provider that are due, the longest waiting first. A turn that comes to nothing, for whatever
 * reason, is due again in 15 minutes (`renew`) or an hour (`verify`).
 */
export async function takeTurns(provider: string, duty: keyof typeof duties, most: number): Promise<Turn[]> {
  const { column, retryMs } = duties[duty];
  return db().$queryRaw<Turn[]>`
    UPDATE "MeetingProviderConnection" SET ${column} = now() + make_interval(secs => ${retryMs / 1000})
    WHERE id IN (
      SELECT id FROM "MeetingProviderConnection"
      WHERE provider = ${provider} AND ${column} <= now() AND state <> 'reconnect_needed'
      ORDER BY ${column} LIMIT ${most} FOR UPDATE SKIP LOCKED)
    RETURNING "userId"::text, "tokenVersion"`;
}

/** When a token renewed now is renewed next, unless someone needs it before: after 18 to 22 hours, so that the day's work spreads. */
export function nextRenewal(now = Date.now(), chance = Math.random()): Date {
  return new Date(now + (18 + 4 * chance) * hourMs);
}

/** When a connection checked now is checked next: in six and a half to seven days. */
export function nextVerification(now = Date.now(), chance = Math.random()): Date {
  return new Date(now + (6.5 + 0.5 * chance) * 24 * hourMs);
}
