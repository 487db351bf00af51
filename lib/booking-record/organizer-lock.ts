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

/** The statement that takes the same lock of anyone who has this handle. */
export function organizerLock(handle: string): Statement {
  const text = `SELECT pg_advisory_xact_lock(hashtextextended('organizer:' || id, 0)) FROM "User" WHERE handle = $1`;
  return { text, values: [handle] };
}
