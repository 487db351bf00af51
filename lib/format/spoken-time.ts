/** Dates and times as people read them. Dates are `YYYY-MM-DD`, instants epoch milliseconds, zones IANA. PURE. */
import { offsetLabel } from "@/lib/format/places";
import { type Clock, wallClock } from "@/lib/format/wall-clock";
import { toDayNumber } from "@/lib/slot-engine/calendar-date";
import { localDateOf, offsetMinutesAt, wallTime } from "@/lib/slot-engine/zone";

export type { Clock } from "@/lib/format/wall-clock";

/** Our English writes the day before the month. */
const language = "en-GB";

const dayFormat = new Intl.DateTimeFormat(language, {
  timeZone: "UTC",
  weekday: "long",
  day: "numeric",
  month: "long",
});
const longDayFormat = new Intl.DateTimeFormat(language, {
  timeZone: "UTC",
  weekday: "long",
  day: "numeric",
  month: "long",
  year: "numeric",
});
const monthFormat = new Intl.DateTimeFormat(language, { timeZone: "UTC", month: "long", year: "numeric" });
const weekdayFormats = {
  long: new Intl.DateTimeFormat(language, { timeZone: "UTC", weekday: "long" }),
  short: new Intl.DateTimeFormat(language, { timeZone: "UTC", weekday: "short" }),
};

// Some versions of the language data put a comma after the weekday, and only when the year is there.
const write = (format: Intl.DateTimeFormat, date: string) => format.format(toInstant(date)).replace(",", "");
const toInstant = (date: string) => toDayNumber(date) * 24 * 3600 * 1000;

/** "Thursday 10 December" */
export function dayName(date: string): string {
  return write(dayFormat, date);
}

/** "Thursday 10 December 2026" */
export function longDayName(date: string): string {
  return write(longDayFormat, date);
}

/** "December 2026"; the month is `YYYY-MM`. */
export function monthName(month: string): string {
  return write(monthFormat, `${month}-01`);
}

/** "Monday" or "Mon". */
export function weekdayName(date: string, length: "long" | "short"): string {
  return write(weekdayFormats[length], date);
}

/** "09:30" or "9:30 AM". */
export function clockTime(at: number, timeZone: string, clock: Clock): string {
  return wallClock(wallTime(at, timeZone).time, clock);
}

/** "09:30–10:00"; where clocks change in between, each with its offset: "02:30 (UTC+02:00)–02:00 (UTC+01:00)". */
export function clockRange(start: number, end: number, timeZone: string, clock: Clock): string {
  const isSettled = offsetMinutesAt(start, timeZone) === offsetMinutesAt(end, timeZone);
  const [from, to] = [start, end].map((at) => {
    const time = clockTime(at, timeZone, clock);
    return isSettled ? time : `${time} (${offsetLabel(timeZone, at)})`;
  });
  return `${from}–${to}`;
}

/** A moment for a sentence that names its day and its time. */
export function dayAndTime(at: Date, timeZone: string, clock: Clock): { day: string; time: string } {
  const ms = at.getTime();
  return { day: dayName(localDateOf(ms, timeZone)), time: clockTime(ms, timeZone, clock) };
}
