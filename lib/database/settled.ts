import { db } from "@/lib/database/client";

/**
 * The instant before which no row will be written any more, by the database's clock: everything that `amended_now()` put before it can be
 * read. A transaction that is still running holds it back, so a reader who goes by times misses no change that is committed late.
 */
export async function settledBefore(): Promise<Date> {
  // The statement's own time is taken before the others are looked at: whoever begins to write after that writes a later one.
  const [row] = await db().$queryRaw<[{ at: Date }]>`
    SELECT date_trunc('milliseconds', least(statement_timestamp(), min(xact_start))) AS at FROM pg_stat_activity
    WHERE datname = current_database() AND backend_xid IS NOT NULL AND pid <> pg_backend_pid()`;
  return row.at;
}
