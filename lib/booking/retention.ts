/**
 * What is kept of senders who never got through, and for how long. Their bookings had no effect, so they go entirely and are only counted;
 * hashes of networks and mailboxes go as soon as nothing counts by them.
 */
import { db, type Tx } from "@/lib/database/client";
import { DAY_MS } from "@/lib/slot-engine/calendar-date";

/** Long enough for someone who says they booked, and short for strangers whose addresses were typed in. */
const keptDays = 7;

/** Quotas look back one hour (lib/shield/recent.ts); a day is for those who look into an attack. */
const tracesKeptDays = 1;

/** How many rows one run deals with; the next run goes on. */
const batchSize = 500;

/** Deletes bookings that were given up, rejected or cancelled before their visitor confirmed them, and counts them. Answers with how many. */
async function forgetGivenUp(now = new Date()): Promise<number> {
  const before = new Date(now.getTime() - keptDays * DAY_MS);
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
  const before = new Date(now.getTime() - tracesKeptDays * DAY_MS);
  return db().$executeRaw`
    UPDATE "Booking" SET "networkHash" = NULL, "recipientHashes" = '{}' WHERE id IN (
      SELECT id FROM "Booking" WHERE "networkHash" IS NOT NULL AND "createdAt" < ${before} LIMIT ${batchSize}::int)`;
}

/** Both, until nothing is left to do. */
export async function forgetStrangers(now = new Date()): Promise<void> {
  while ((await forgetGivenUp(now)) === batchSize);
  while ((await forgetTraces(now)) === batchSize);
}
