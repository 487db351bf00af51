import type { Tx } from "@/lib/database/client";
import { type Run, select } from "@/lib/database/direct";
import { defineJob, enqueue } from "@/lib/jobs/queue";

/** Brings Bellhop's copy of a connection's calendars up to date, now. */
export const calendarSync = defineJob<{ connectionId: string }>("calendar.sync", 4);

// A request that no one took up within a minute is made again.
const markWanted = `
  INSERT INTO "CalendarSync" AS s ("connectionId", "wantedAt")
  SELECT id, now() FROM "MeetingProviderConnection" WHERE id = $1::uuid
  ON CONFLICT ("connectionId") DO UPDATE SET "wantedAt" = now()
    WHERE s."wantedAt" IS NULL OR s."wantedAt" < now() - interval '1 minute'
  RETURNING "connectionId"`;

/** Asks for a connection's calendars to be read, as part of the caller's transaction. Several requests in a short time are one read. */
export async function requestSync(tx: Tx | Run, connectionId: string): Promise<void> {
  const wanted = await select(tx, markWanted, [connectionId]);
  if (wanted.length > 0) await enqueue(tx, calendarSync, { connectionId }, { priority: 1 });
}
