/** A schedule in a few lines. Dates are `YYYY-MM-DD`. PURE. */

import { toDate, toDayNumber } from "@/lib/slot-engine/calendar-date";
import type { LocalWindow, ScheduleRules } from "@/lib/slot-engine/rules";

/** Neighbouring weekdays with the same hours; 1 is Monday. */
export interface WeekdayRun {
  first: number;
  last: number;
  windows: LocalWindow[];
}

/** Neighbouring dates with the same hours; no windows: closed. */
export interface DateRun {
  first: string;
  last: string;
  windows: LocalWindow[];
}

/** The open weekdays in runs; closed ones are left out. */
export function weekdayRuns(weekly: ScheduleRules["weekly"]): WeekdayRun[] {
  const runs: WeekdayRun[] = [];
  for (let day = 1; day <= 7; day += 1) {
    const windows = weekly.filter(({ days }) => days.includes(day)).sort(byStart);
    const last = runs.at(-1);
    if (last && sameHours(last.windows, windows)) last.last = day;
    else runs.push({ first: day, last: day, windows });
  }
  return runs.filter((run) => run.windows.length > 0);
}

/** The dates that differ from the week, from `from` to `to`, in runs. */
export function dateRuns(overrides: ScheduleRules["overrides"], from: string, to: string): DateRun[] {
  const coming = overrides
    .filter(({ date }) => date >= from && date <= to)
    .sort((a, b) => a.date.localeCompare(b.date));
  const runs: DateRun[] = [];
  for (const { date, windows } of coming) {
    const sorted = [...windows].sort(byStart);
    const last = runs.at(-1);
    const follows = last && toDate(toDayNumber(last.last) + 1) === date;
    if (follows && sameHours(last.windows, sorted)) last.last = date;
    else runs.push({ first: date, last: date, windows: sorted });
  }
  return runs;
}

const byStart = (a: LocalWindow, b: LocalWindow) => a.start.localeCompare(b.start);

function sameHours(a: readonly LocalWindow[], b: readonly LocalWindow[]): boolean {
  return (
    a.length === b.length &&
    a.every((window, index) => window.start === b[index]?.start && window.end === b[index]?.end)
  );
}
