import type { Tx } from "@/lib/database/client";
import type { Statement } from "@/lib/database/direct";

/** Lets one transaction at a time change an organizer's bookings. Held until the transaction ends. */
export async function lockOrganizer(tx: Tx, userId: string): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`organizer:${userId}`}, 0))`;
}

/** The statement that takes the same lock of anyone who has this handle. */
export function organizerLock(handle: string): Statement {
  const text = `SELECT pg_advisory_xact_lock(hashtextextended('organizer:' || id, 0)) FROM "User" WHERE handle = $1`;
  return { text, values: [handle] };
}
