/** The copy of an organizer's calendars for one stretch of time, with what they chose: for the live check and its fallback. */
import { repliesIn } from "@/lib/calendars/automatic-replies";
import { type BusyRow, busySql, type CalendarRow, calendarSql, toBusy } from "@/lib/calendars/busy";
import { requestSync } from "@/lib/calendars/jobs";
import { run, transact } from "@/lib/database/direct";
import type { BusyChoice, CalendarChoice } from "@/lib/meetings/calendar-reader";
import type { Interval } from "@/lib/slot-engine/rules";

export interface CalendarCopy {
  connectionId: string | null;
  /** Which calendars to ask and what blocks, for the provider; null while it is not known which calendars there are. */
  choice: BusyChoice;
  /** The organizer lets bookings pass while their calendar does not answer, if the copy is fresh. */
  acceptsFresh: boolean;
  /** When the oldest of the calendars was read, epoch milliseconds. */
  asOf: number | null;
  busy: Interval[];
  /** The time that automatic replies close; empty: none. */
  replies: Interval[];
}

const statement = `
  SELECT ${calendarSql} AS calendar, ${busySql("$2", "$3")} AS busy, r."openStatuses",
    r."whenUnreachable" = 'accept_fresh' AS "acceptsFresh",
    (SELECT json_agg(json_build_object('calendarId', k."calendarId", 'isDefault', k."isDefault",
       'isShared', k."ownerAddress" IS NOT NULL))
     FROM "SyncedCalendar" k WHERE k."connectionId" = c.id AND k.blocks) AS calendars
  FROM "User" u
  LEFT JOIN "MeetingProviderConnection" c ON c."userId" = u.id AND c.provider = 'teams'
  LEFT JOIN "CalendarRules" r ON r."userId" = u.id
  WHERE u.id = $1::uuid`;

interface Row {
  calendar: CalendarRow | null;
  busy: BusyRow[] | null;
  openStatuses: string[] | null;
  acceptsFresh: boolean | null;
  calendars: CalendarChoice[] | null;
}

/** Reads the copy for a stretch (epoch milliseconds). All-day events are days of `timeZone`. */
export async function readCopy(userId: string, stretch: Interval, timeZone: string): Promise<CalendarCopy> {
  const [row] = await run<Row>(statement, [userId, new Date(stretch.start), new Date(stretch.end)]);
  const { calendar = null, busy = null, openStatuses, acceptsFresh, calendars } = row ?? {};
  const replies = repliesIn(calendar?.replies, stretch);
  const listed = calendar?.isListed ? { calendars: calendars ?? [] } : {};
  return {
    connectionId: calendar?.connectionId ?? null,
    choice: { ...listed, ...(openStatuses ? { openStatuses } : {}) },
    acceptsFresh: acceptsFresh === true,
    asOf: calendar?.asOf ?? null,
    busy: toBusy(busy, timeZone),
    replies: replies ? [replies] : [],
  };
}

/** A live check found more than the copy has, so the calendar is read again for the next visitors. */
export async function noticeLive(copy: CalendarCopy, live: readonly Interval[]): Promise<void> {
  const { connectionId } = copy;
  const isKnown = (one: Interval) => copy.busy.some((busy) => busy.start <= one.start && busy.end >= one.end);
  if (connectionId === null || live.every(isKnown)) return;
  await transact(null, (tx) => requestSync(tx, connectionId));
}
