/** Dates and times as people read them. Dates are `YYYY-MM-DD`, instants epoch milliseconds, zones IANA. PURE. */
import { type DateShape, writeDate, writeDateRange } from "@/lib/format/date-words";
import { offsetLabel } from "@/lib/format/places";
import { type Clock, wallClock } from "@/lib/format/wall-clock";
import { type Locale, languageOf } from "@/lib/i18n/languages";
import { localDateOf, offsetMinutesAt, wallTime } from "@/lib/slot-engine/zone";

export type { Clock } from "@/lib/format/wall-clock";

function write(shape: DateShape, date: string, locale: Locale): string {
  return writeDate(date, shape, languageOf(locale).formats);
}

/** "Thursday 10 December" */
export function dayName(date: string, locale: Locale): string {
  return write("day", date, locale);
}

/** "Thursday 10 December 2026" */
export function longDayName(date: string, locale: Locale): string {
  return write("longDay", date, locale);
}

/** "10 December" */
export function dateName(date: string, locale: Locale): string {
  return write("date", date, locale);
}

/** "10 December 2026" */
export function longDateName(date: string, locale: Locale): string {
  return write("longDate", date, locale);
}

/** "10 Dec 2026" */
export function shortDateName(date: string, locale: Locale): string {
  return write("shortDate", date, locale);
}

/** "24–26 December", "30 November–2 December"; with years where they differ. */
export function dateRangeName(first: string, last: string, locale: Locale): string {
  return writeDateRange(first, last, "date", languageOf(locale).formats);
}

/** "December 2026"; the month is `YYYY-MM`. */
export function monthName(month: string, locale: Locale): string {
  return write("month", `${month}-01`, locale);
}

/** "December"; the month is `YYYY-MM`. */
export function monthAlone(month: string, locale: Locale): string {
  return write("monthAlone", `${month}-01`, locale);
}

/** "Dec"; the month is `YYYY-MM`. */
export function shortMonthAlone(month: string, locale: Locale): string {
  return write("shortMonth", `${month}-01`, locale);
}

/** "Monday" or "Mon". */
export function weekdayName(date: string, length: "long" | "short", locale: Locale): string {
  return write(length === "long" ? "longWeekday" : "shortWeekday", date, locale);
}

/** "09:30" or "9:30 AM". */
export function clockTime(at: number, timeZone: string, clock: Clock, locale: Locale): string {
  return wallClock(wallTime(at, timeZone).time, clock, languageOf(locale).formats);
}

/** "09:30–10:00"; where clocks change in between, each with its offset: "02:30 (UTC+02:00)–02:00 (UTC+01:00)". */
export function clockRange(
  start: number,
  end: number,
  timeZone: string,
  clock: Clock,
  locale: Locale,
): string {
  const isSettled = offsetMinutesAt(start, timeZone) === offsetMinutesAt(end, timeZone);
  const [from, to] = [start, end].map((at) => {
    const time = clockTime(at, timeZone, clock, locale);
    return isSettled ? time : `${time} (${offsetLabel(timeZone, at)})`;
  });
  return keepOrder(`${from}–${to}`, clock, locale);
}

/** "09:30–10:00" of two times of day, `HH:mm`. */
export function wallRange(start: string, end: string, clock: Clock, locale: Locale): string {
  const [from, to] = [start, end].map((time) => wallClock(time, clock, languageOf(locale).formats));
  return keepOrder(`${from}–${to}`, clock, locale);
}

/**
 * Between words that are read from right to left, two times with a dash would change places, so they are isolated (Unicode LRI and PDI).
 * With words of that language beside them, they are read as these are.
 */
function keepOrder(range: string, clock: Clock, locale: Locale): string {
  return clock === "24" && languageOf(locale).direction === "rtl" ? `\u2066${range}\u2069` : range;
}

/** A moment for a sentence that names its day and its time. */
export function dayAndTime(
  at: Date,
  timeZone: string,
  clock: Clock,
  locale: Locale,
): { day: string; time: string } {
  const ms = at.getTime();
  return { day: dayName(localDateOf(ms, timeZone), locale), time: clockTime(ms, timeZone, clock, locale) };
}
