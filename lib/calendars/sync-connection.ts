/** Reads all calendars of a connection that matter: right after it is made, when someone says that one changed. */
import { refreshCalendars } from "@/lib/calendars/calendars";
import { type SyncOptions, syncCalendar } from "@/lib/calendars/sync-calendar";
import { db } from "@/lib/database/client";

/** The handler of `calendar.sync`. What goes wrong at the provider's is written down and tried again in its own time. */
export async function syncConnection(
  { connectionId }: { connectionId: string },
  options: SyncOptions = {},
): Promise<void> {
  const connection = await db().meetingProviderConnection.findUnique({
    where: { id: connectionId },
    select: { id: true, userId: true, calendarSync: { select: { calendarsReadAt: true } } },
  });
  if (!connection) return;
  // Asked for again from here on, it is done again.
  await db().calendarSync.upsert({
    where: { connectionId },
    create: { connectionId },
    update: { wantedAt: null },
  });
  if (!connection.calendarSync?.calendarsReadAt) {
    const problem = await refreshCalendars(connection, options.priority);
    if (problem) return;
  }
  await syncCalendars(connectionId, options);
}

/** All calendars that block or are written to, each independently: a failure of one doesn't delay the others. */
async function syncCalendars(connectionId: string, options: SyncOptions): Promise<void> {
  const calendars = await db().syncedCalendar.findMany({
    where: { connectionId, OR: [{ blocks: true }, { isTarget: true }] },
    select: { id: true },
  });
  await Promise.all(calendars.map(({ id }) => syncCalendar(id, options)));
}
