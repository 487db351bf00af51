/** Notifies organizers once per outage that their times are closed, because they may not open the page that says so. */
import { endedBy } from "@/lib/calendars/busy";
import { sendCalendarUnreadable } from "@/lib/calendars/mails/calendar-unreadable";
import { db } from "@/lib/database/client";
import { Prisma } from "@/lib/database/generated/client";

/** Most Microsoft outages are over by then. */
const notifyAfterMinutes = 60;

/** Someone else shares the calendar `k` no longer, which no time heals: there is nothing to wait for. */
const isTakenBack = Prisma.sql`(k."ownerAddress" IS NOT NULL AND k.problem = 'access_denied')`;

const batchSize = 50;

interface Closed {
  connectionId: string;
  name: string;
  email: string;
  locale: string;
  hours: number;
  sharedName: string | null;
}

/** Sends the mails that are due, and forgets outages that are over. */
export async function notifyClosed(): Promise<void> {
  const isOver = { calendars: { none: { blocks: true, problem: { not: null } } } };
  await db().calendarSync.updateMany({
    where: { toldAt: { not: null }, connection: isOver },
    data: { toldAt: null },
  });
  for (const closed of await listClosed()) await tell(closed);
}

function listClosed(): Promise<Closed[]> {
  return db().$queryRaw<Closed[]>`
    SELECT c.id::text AS "connectionId", u.name, u.email, u.locale,
      floor(extract(epoch FROM now() - min(coalesce(k."syncedAt", k."problemSince"))) / 3600)::int AS hours,
      min(k.name) FILTER (WHERE ${isTakenBack}) AS "sharedName"
    FROM "SyncedCalendar" k
    JOIN "MeetingProviderConnection" c ON c.id = k."connectionId"
    JOIN "CalendarSync" s ON s."connectionId" = c.id
    JOIN "User" u ON u.id = c."userId"
    LEFT JOIN "CalendarRules" r ON r."userId" = u.id
    WHERE s."toldAt" IS NULL AND c.state <> 'reconnect_needed' AND k.blocks
      AND k.problem IS NOT NULL AND k.problem <> ALL (${[...endedBy]}::text[])
      AND coalesce(k."syncedAt", k."problemSince")
        < now() - make_interval(mins => greatest(
          CASE WHEN ${isTakenBack} THEN 0 ELSE ${notifyAfterMinutes}::int END, coalesce(r."staleAfterMinutes", 15)))
    GROUP BY c.id, u.id LIMIT ${batchSize}`;
}

async function tell({ connectionId, ...closed }: Closed): Promise<void> {
  await db().$transaction(async (tx) => {
    const { count } = await tx.calendarSync.updateMany({
      where: { connectionId, toldAt: null },
      data: { toldAt: new Date() },
    });
    if (count > 0) await sendCalendarUnreadable(tx, closed);
  });
}
