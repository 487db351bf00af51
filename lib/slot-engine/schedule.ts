import { MINUTE_MS, toDayNumber, weekdayIndexOf } from "./calendar-date";
import { mergeIntervals } from "./intervals";
import type { Interval, LocalWindow, ScheduleRules } from "./rules";
import { type ZoneClock, zoneClock } from "./zone-clock";

// Schedule rules made ready for arithmetic: dates are day numbers, windows are milliseconds after midnight,
// sorted, and merged where they overlap or touch.

type Windows = readonly Readonly<Interval>[];
type Journey = { readonly firstDay: number; readonly lastDay: number; readonly clock: ZoneClock };

/** A schedule that can be asked about days. */
export type Schedule = {
  /** The organizer's zone: dates, weeks, booking window and limits are read in it. */
  readonly clock: ZoneClock;
  /** Every zone that some date's hours are read in; the organizer's first. */
  readonly readers: readonly ZoneClock[];
  /** The zone whose wall clock the hours of a date mean. */
  readerOf(day: number): ZoneClock;
  /** The open windows of a date, milliseconds after its midnight. */
  windowsOn(day: number): Windows;
};

/** Rules are never changed once they are read, and are asked about several times while one slot is judged. */
const prepared = new WeakMap<ScheduleRules, Schedule>();

/** Throws RangeError for an unknown zone, date or time of day. */
export function prepareSchedule(rules: ScheduleRules): Schedule {
  const schedule = prepared.get(rules) ?? prepare(rules);
  prepared.set(rules, schedule);
  return schedule;
}

function prepare(rules: ScheduleRules): Schedule {
  const clock = zoneClock(rules.timeZone);
  const week = weekWindows(rules);
  const special = specialDays(rules);
  const journeys = (rules.travel ?? []).map(
    ({ from, to, timeZone }): Journey => ({
      firstDay: toDayNumber(from),
      lastDay: toDayNumber(to),
      clock: zoneClock(timeZone),
    }),
  );
  return {
    clock,
    readers: [...new Set([clock, ...journeys.map((journey) => journey.clock)])],
    readerOf(day) {
      for (const journey of journeys) {
        if (day >= journey.firstDay && day <= journey.lastDay) return journey.clock;
      }
      return clock;
    },
    windowsOn: (day) => special.get(day) ?? week[weekdayIndexOf(day)] ?? [],
  };
}

function weekWindows({ weekly }: ScheduleRules): Windows[] {
  return [1, 2, 3, 4, 5, 6, 7].map((weekday) =>
    mergeIntervals(weekly.filter(({ days }) => days.includes(weekday)).map(toMilliseconds)),
  );
}

function specialDays({ closedDates, overrides }: ScheduleRules): Map<number, Windows> {
  const special = new Map<number, Windows>();
  for (const date of closedDates ?? []) special.set(toDayNumber(date), []);
  for (const { date, windows } of overrides) {
    special.set(toDayNumber(date), mergeIntervals(windows.map(toMilliseconds)));
  }
  return special;
}

function toMilliseconds({ start, end }: LocalWindow): Interval {
  return { start: millisecondsAfterMidnight(start), end: millisecondsAfterMidnight(end) };
}

function millisecondsAfterMidnight(time: string): number {
  if (!/^(?:(?:[01]\d|2[0-3]):[0-5]\d|24:00)$/.test(time)) {
    throw new RangeError(`Not a time of day (HH:mm, at most 24:00): ${time}`);
  }
  return (Number(time.slice(0, 2)) * 60 + Number(time.slice(3))) * MINUTE_MS;
}
