import type { Tx } from "@/lib/database/client";
import type { Statement } from "@/lib/database/direct";

/**
 * Lets one transaction at a time change what these hosts are booked for. Held until the transaction ends. Taken in the order of their ids,
 * so that two transactions that share hosts never wait for each other; one that needs several requests all of them together.
 */
export async function lockHosts(tx: Tx, hostIds: readonly string[]): Promise<void> {
  const keys = [...new Set(hostIds)].sort().map((id) => `organizer:${id}`);
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(key, 0)) FROM unnest(${keys}::text[]) AS key`;
}

/** Takes the same locks, in the same order, for the hosts of a booking. */
export async function lockHostsOf(tx: Tx, bookingId: string): Promise<void> {
  await tx.$executeRaw`
    SELECT pg_advisory_xact_lock(hashtextextended('organizer:' || host."userId", 0)) FROM (
      SELECT "userId" FROM "BookingHost" WHERE "bookingId" = ${bookingId}::uuid ORDER BY "userId") host`;
}

/** The statement that takes the same locks, in the same order, of all hosts of the event type at an address. */
export function hostLocks([handle, slug]: readonly [handle: string, slug: string]): Statement {
  return { text: locksAtAddress, values: [handle, slug] };
}

const locksAtAddress = `
  SELECT pg_advisory_xact_lock(hashtextextended('organizer:' || host."userId", 0)) FROM (
    SELECT h."userId" FROM "Handle" a
    JOIN "EventType" e ON coalesce(e."userId", e."teamId") = coalesce(a."userId", a."teamId") AND e.slug = $2
    JOIN "EventTypeHost" h ON h."eventTypeId" = e.id
    WHERE a.handle = $1 ORDER BY h."userId") host`;
