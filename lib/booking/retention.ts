/**
 * What is kept of senders who never got through, and for how long. Their bookings had no effect, so they go entirely and are only counted;
 * hashes of networks and mailboxes go as soon as nothing counts by them.
 */
import { db, type Tx } from "@/lib/database/client";
import { daysBefore, type RetentionRule } from "@/lib/database/retention-rule";

/** Long enough for someone who says they booked, and short for strangers whose addresses were typed in. */
const keptDays = 7;

/** Quotas look back one hour (lib/shield/recent.ts); a day is for those who look into an attack. */
const tracesKeptDays = 1;

/** How many rows one run deals with; the next run goes on. */
const batchSize = 500;

/** Deletes bookings that were given up, rejected or cancelled before their visitor confirmed them, and counts them. Answers with how many. */
async function forgetGivenUp(now = new Date()): Promise<number> {
  const before = daysBefore(now, keptDays);
  return db().$transaction(async (tx) => {
    const gone = await tx.$queryRaw<{ id: string; meetingId: string }[]>`
      SELECT b.id, b."meetingId" FROM "AddressCheck" c JOIN "Booking" b ON b.id = c."bookingId"
      WHERE c."createdAt" < ${before} AND c."confirmedAt" IS NULL
        AND b."confirmBy" IS NOT NULL AND b.status IN ('cancelled', 'declined')
      ORDER BY c."createdAt" LIMIT ${batchSize}::int FOR UPDATE OF b SKIP LOCKED`;
    if (gone.length > 0) await forget(tx, gone);
    return gone.length;
  });
}

async function forget(tx: Tx, gone: readonly { id: string; meetingId: string }[]): Promise<void> {
  const ids = gone.map(({ id }) => id);
  const bookingId = { in: ids };
  await tx.$executeRaw`
    INSERT INTO "KeptAway" ("ownerId", month, count)
    SELECT "ownerId", date_trunc('month', "createdAt", 'UTC')::date, count(*)::int
    FROM "Booking" WHERE id = ANY(${ids}::uuid[]) GROUP BY 1, 2
    ON CONFLICT ("ownerId", month) DO UPDATE SET count = "KeptAway".count + EXCLUDED.count`;
  // These name a booking without belonging to it.
  await tx.mail.deleteMany({ where: { bookingId } });
  await tx.idempotencyRecord.deleteMany({ where: { bookingId } });
  await tx.booking.deleteMany({ where: { id: bookingId } });
  await tx.meeting.deleteMany({
    where: {
      id: { in: gone.map(({ meetingId }) => meetingId) },
      calendarEventId: null,
      bookings: { none: {} },
    },
  });
}

/** Removes the keyed hashes of older bookings, whatever became of them. Answers with how many. */
function forgetTraces(now = new Date()): Promise<number> {
  const before = daysBefore(now, tracesKeptDays);
  return db().$executeRaw`
    UPDATE "Booking" SET "networkHash" = NULL, "recipientHashes" = '{}' WHERE id IN (
      SELECT id FROM "Booking" WHERE "networkHash" IS NOT NULL AND "createdAt" < ${before} LIMIT ${batchSize}::int)`;
}

async function countRows(rows: Promise<{ count: number }[]>): Promise<number> {
  return (await rows)[0]?.count ?? 0;
}

async function untilDone(batch: () => Promise<number>): Promise<number> {
  let all = 0;
  for (;;) {
    const count = await batch();
    all += count;
    if (count < batchSize) return all;
  }
}

export const bookingRetention: RetentionRule[] = [
  {
    kind: "unconfirmed_bookings",
    days: keptDays,
    count: (now) =>
      countRows(db().$queryRaw`
        SELECT count(*)::int AS count FROM "AddressCheck" c JOIN "Booking" b ON b.id = c."bookingId"
        WHERE c."createdAt" < ${daysBefore(now, keptDays)} AND c."confirmedAt" IS NULL
          AND b."confirmBy" IS NOT NULL AND b.status IN ('cancelled', 'declined')`),
    remove: (now) => untilDone(() => forgetGivenUp(now)),
  },
  {
    kind: "network_and_address_hashes",
    days: tracesKeptDays,
    count: (now) =>
      countRows(db().$queryRaw`
        SELECT count(*)::int AS count FROM "Booking"
        WHERE "networkHash" IS NOT NULL AND "createdAt" < ${daysBefore(now, tracesKeptDays)}`),
    remove: (now) => untilDone(() => forgetTraces(now)),
  },
];

/** Both, until nothing is left to do. */
export async function forgetStrangers(now = new Date()): Promise<void> {
  for (const { remove } of bookingRetention) await remove(now);
}
