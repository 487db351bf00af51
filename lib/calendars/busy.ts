/** What requests by visitors read of an organizer's calendars: only the copy, in the statement that reads everything else. */
import { type RepliesRow, repliesSql } from "@/lib/calendars/automatic-replies";
import { staleAfterMs } from "@/lib/calendars/pace";
import { maxDays } from "@/lib/calendars/window";
import { env } from "@/lib/config/env";
import { DAY_MS } from "@/lib/slot-engine/calendar-date";
import type { Interval } from "@/lib/slot-engine/rules";
import { daysBetween } from "@/lib/slot-engine/zone";

/** The state of the calendars that are checked for conflicts, as the database writes it in JSON. Instants are epoch milliseconds. */
export interface CalendarRow {
  connectionId: string;
  /** Why the connection is not simply connected. */
  reason: string | null;
  /** It is known which calendars there are. */
  isListed: boolean;
  /** Why one of them, or the list, could not be read the last time. */
  problem: string | null;
  count: number;
  /** The oldest of their readings; null while one has not been read yet. */
  asOf: number | null;
  /** The end of the time that all of them cover. */
  coveredUntil: number | null;
  staleAfterMinutes: number;
  /** When automatic replies close the organizer's times. */
  replies: RepliesRow | null;
}

/** An event as the database writes it: start, end in epoch milliseconds, all-day. */
export type BusyRow = [number, number, boolean];

const toMs = (instant: string) => `(extract(epoch FROM ${instant}) * 1000)::bigint`;

/** `CalendarRow` of an organizer's connection (c); null without one. */
export const calendarSql = `
  CASE WHEN c.id IS NULL THEN NULL ELSE (
    SELECT json_build_object('connectionId', c.id, 'reason', c.reason,
      'isListed', EXISTS (SELECT 1 FROM "CalendarSync" y WHERE y."connectionId" = c.id AND y."calendarsReadAt" IS NOT NULL),
      'problem', coalesce(min(k.problem), (SELECT y.problem FROM "CalendarSync" y WHERE y."connectionId" = c.id)),
      'count', count(k.id),
      'asOf', CASE WHEN count(k.id) = count(k."syncedAt") THEN ${toMs(`min(k."syncedAt")`)} END,
      'coveredUntil', CASE WHEN count(k.id) = count(k."windowEnd") THEN ${toMs(`min(k."windowEnd")`)} END,
      'staleAfterMinutes', coalesce((SELECT r."staleAfterMinutes" FROM "CalendarRules" r WHERE r."userId" = c."userId"), 15),
      'replies', ${repliesSql})
    FROM "SyncedCalendar" k WHERE k."connectionId" = c.id AND k.blocks) END`;

// An event of ours takes no time: its booking does. Unless someone has moved it in Outlook since the meeting was last
// written, and the calendar was read after that. The same goes for a copy of it, which has another id and no mark.
const isInTheWay = `
  CASE WHEN m.id IS NULL AND shared.id IS NULL THEN NOT b."isOwn"
       ELSE (b."startsAt", b."endsAt") <> (coalesce(m."startsAt", shared."startsAt"), coalesce(m."endsAt", shared."endsAt"))
         AND coalesce(m."updatedAt", shared."updatedAt") < k."syncedAt" END`;

/**
 * `BusyRow[]` of everything in a connection's (c) calendars that may be a conflict between two instants (parameters), with a
 * margin for buffers and for the days of all zones; null when there is nothing.
 */
export const busySql = (from: string, to: string) => `
  CASE WHEN c.id IS NULL THEN NULL ELSE (
    SELECT json_agg(json_build_array(${toMs(`b."startsAt"`)}, ${toMs(`b."endsAt"`)}, b."isAllDay"))
    FROM "SyncedCalendar" k
    JOIN "BusyInterval" b ON b."syncedCalendarId" = k.id AND b.round = k.round
    LEFT JOIN "Meeting" m ON m."calendarEventId" = b."eventId" AND (m."hostId" = c."userId" OR m."connectionId" = c.id)
    LEFT JOIN "Meeting" shared ON shared."iCalUId" = CASE WHEN m.id IS NULL AND b."isOwn" THEN b."iCalUId" END
    WHERE k."connectionId" = c.id AND k.blocks
      AND tstzrange(b."startsAt", b."endsAt")
        && tstzrange(${from}::timestamptz - interval '2 days', ${to}::timestamptz + interval '2 days')
      AND b.kind <> 'series' AND b."showAs" <> 'none'
      AND b."showAs" <> ALL (coalesce((SELECT r."openStatuses" FROM "CalendarRules" r WHERE r."userId" = c."userId"),
                                      '{free,workingElsewhere}'))
      AND ${isInTheWay}) END`;

/** The time that events take. All-day events are days of `timeZone` (IANA, the organizer's). */
export function toBusy(rows: readonly BusyRow[] | null, timeZone: string): Interval[] {
  return (rows ?? []).map(([start, end, isAllDay]) =>
    isAllDay ? daysBetween(start, end, timeZone) : { start, end },
  );
}

/** What the copy of an organizer's calendars is good for. Instants are epoch milliseconds. */
export type CalendarCoverage =
  /** Only the organizer's own bookings make times unavailable. */
  | { kind: "none" }
  /** It is valid until `goodUntil`, for times up to `coveredUntil`. */
  | { kind: "known"; asOf: number | null; goodUntil: number; coveredUntil: number }
  /** It has not been read, not lately, or not far enough, and nothing is known to be wrong. */
  | { kind: "unread"; connectionId: string }
  /** It can't be read, so that no time is known to be free. `isForGood`: not before something that is read with it changes. */
  | { kind: "closed"; asOf: number | null; isForGood?: boolean };

export interface CoverageQuestion {
  now: number;
  /** The end of the time asked about, epoch milliseconds. */
  until: number;
  /** A read was already attempted. */
  hasWaited: boolean;
}

/** The calendar can't be read until someone acts: the last known state still counts, and bookings stay possible. */
export const endedBy: ReadonlySet<string> = new Set([
  "misconfigured",
  "no_mailbox",
  "not_connected",
  "reconnect_needed",
]);

/** Judges the copy of an organizer's calendars. An outdated copy offers no times rather than wrong ones. */
export function judgeCalendar(
  connectionState: "connected" | "limited" | "reconnect_needed" | null,
  row: CalendarRow | null,
  { now, until, hasWaited }: CoverageQuestion,
): CalendarCoverage {
  if (connectionState === null || row === null || row.reason === "no_mailbox") return { kind: "none" };
  const { asOf, problem } = row;
  if (connectionState === "reconnect_needed" || (problem && endedBy.has(problem))) {
    return { kind: "known", asOf, goodUntil: Infinity, coveredUntil: Infinity };
  }
  if (row.isListed && row.count === 0) return { kind: "none" };
  const canWait = !hasWaited && problem === null;
  const goodUntil =
    asOf === null ? -Infinity : asOf + staleAfterMs(row.staleAfterMinutes, env().SYNC_POLL_SECONDS);
  const coveredUntil = row.coveredUntil ?? -Infinity;
  if (now >= goodUntil) return canWait ? unread(row) : { kind: "closed", asOf };
  // Farther than that no calendar is kept in step, however long one waits.
  const needed = Math.min(until, now + maxDays * DAY_MS);
  if (coveredUntil < needed && canWait) return unread(row);
  return { kind: "known", asOf, goodUntil, coveredUntil };
}

const unread = ({ connectionId }: CalendarRow): CalendarCoverage => ({ kind: "unread", connectionId });
