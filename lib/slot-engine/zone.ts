import { DAY_MS, MINUTE_MS, toDate, toDayNumber } from "./calendar-date";
import type { Interval } from "./rules";
import { canonicalTimeZone, zoneClock } from "./zone-clock";

// Dates and wall times of IANA zones. Instants are epoch milliseconds, dates `YYYY-MM-DD`. Functions that take a
// zone throw RangeError if this Node does not know it: check what people typed with `isValidTimeZone` first.

/** Whether this Node knows the IANA zone. Casing does not matter; offsets such as `+02:00` are not zones. */
export function isValidTimeZone(timeZone: string): boolean {
  return canonicalTimeZone(timeZone) !== null;
}

/** The date an instant falls on in a zone. */
export function localDateOf(ms: number, timeZone: string): string {
  return toDate(zoneClock(timeZone).dayAt(ms));
}

/** What a clock on the wall shows: date, `HH:mm` and the minutes since midnight. */
export function wallTime(ms: number, timeZone: string): { date: string; time: string; minuteOfDay: number } {
  const local = ms + zoneClock(timeZone).stretchAt(ms).offset;
  const day = Math.floor(local / DAY_MS);
  const minuteOfDay = Math.floor((local - day * DAY_MS) / MINUTE_MS);
  const two = (value: number) => String(value).padStart(2, "0");
  const time = `${two(Math.floor(minuteOfDay / 60))}:${two(minuteOfDay % 60)}`;
  return { date: toDate(day), time, minuteOfDay };
}

/** Minutes to add to UTC to get wall time. A fraction only for a few zones before 1973. */
export function offsetMinutesAt(ms: number, timeZone: string): number {
  return zoneClock(timeZone).stretchAt(ms).offset / MINUTE_MS;
}

/** The first instant of a date; of the next date there is, where the zone skipped this one. */
export function startOfDate(date: string, timeZone: string): number {
  return zoneClock(timeZone).startOfDay(toDayNumber(date));
}

/** The shortest interval that holds every instant of the dates `from` to `to`, both included. */
export function dateRangeToInstants(from: string, to: string, timeZone: string): Interval {
  const clock = zoneClock(timeZone);
  const start = clock.startOfDay(toDayNumber(from));
  return { start, end: Math.max(start, clock.endOfDay(toDayNumber(to))) };
}

/**
 * The days of a zone that an all-day event takes, which calendars give as midnights in UTC: `start` of its first day, `end` of
 * the day after its last. At least one day.
 */
export function daysBetween(start: number, end: number, timeZone: string): Interval {
  const clock = zoneClock(timeZone);
  const first = Math.floor(start / DAY_MS);
  const last = Math.max(first, Math.floor((end - 1) / DAY_MS));
  const startOfFirst = clock.startOfDay(first);
  return { start: startOfFirst, end: Math.max(startOfFirst, clock.endOfDay(last)) };
}

/**
 * The first instant at which a clock in a zone shows a date and time (`HH:mm`). Where clocks skip it, the instant that would have
 * shown it had they not been changed.
 */
export function instantOfWallTime(date: string, time: string, timeZone: string): number {
  const clock = zoneClock(timeZone);
  const local =
    toDayNumber(date) * DAY_MS + (Number(time.slice(0, 2)) * 60 + Number(time.slice(3))) * MINUTE_MS;
  const stretches = clock.stretchesOver(local - DAY_MS, local + DAY_MS);
  const shown = stretches
    .map(({ offset, start, end }) => ({ at: local - offset, start, end }))
    .find(({ at, start, end }) => start <= at && at < end);
  return shown?.at ?? local - (stretches[0]?.offset ?? 0);
}
