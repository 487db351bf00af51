import type { PatternedRecurrence, RecurrencePattern } from "@microsoft/microsoft-graph-types";
import { Temporal } from "temporal-polyfill";

/** Series without an end are expanded this far, which is more than any window reaches. */
const MAX_OCCURRENCES = 2000;
const DAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
const WEEKS = ["first", "second", "third", "fourth"];

/** The wall-clock dates of a series, in order, from its first day on. */
export function* occurrenceDates(recurrence: PatternedRecurrence): Generator<Temporal.PlainDate> {
  const { pattern, range } = recurrence;
  if (!pattern || !range?.startDate) return;
  const first = Temporal.PlainDate.from(range.startDate);
  const last = range.type === "endDate" && range.endDate ? Temporal.PlainDate.from(range.endDate) : null;
  const most = range.type === "numbered" ? (range.numberOfOccurrences ?? 0) : MAX_OCCURRENCES;
  let count = 0;
  for (const date of candidates(pattern, first)) {
    if (Temporal.PlainDate.compare(date, first) < 0) continue;
    if (count >= most || (last && Temporal.PlainDate.compare(date, last) > 0)) return;
    count += 1;
    yield date;
  }
}

function* candidates(pattern: RecurrencePattern, first: Temporal.PlainDate): Generator<Temporal.PlainDate> {
  const interval = Math.max(1, pattern.interval ?? 1);
  for (let step = 0; step < MAX_OCCURRENCES * 2; step += 1) {
    const count = step * interval;
    switch (pattern.type) {
      case "daily":
        yield first.add({ days: count });
        break;
      case "weekly":
        yield* daysOfWeek(startOfWeek(first, pattern).add({ weeks: count }), pattern);
        break;
      case "absoluteMonthly":
        yield onDay(first.with({ day: 1 }).add({ months: count }), pattern.dayOfMonth ?? first.day);
        break;
      case "relativeMonthly":
        yield relativeDay(first.with({ day: 1 }).add({ months: count }), pattern);
        break;
      case "absoluteYearly":
        yield onDay(monthOfYear(first, pattern, count), pattern.dayOfMonth ?? first.day);
        break;
      case "relativeYearly":
        yield relativeDay(monthOfYear(first, pattern, count), pattern);
        break;
      default:
        return;
    }
  }
}

function startOfWeek(date: Temporal.PlainDate, pattern: RecurrencePattern): Temporal.PlainDate {
  const weekStart = DAYS.indexOf(pattern.firstDayOfWeek ?? "sunday") + 1;
  return date.subtract({ days: (date.dayOfWeek - weekStart + 7) % 7 });
}

function daysOfWeek(week: Temporal.PlainDate, pattern: RecurrencePattern): Temporal.PlainDate[] {
  const wanted = new Set<string>(pattern.daysOfWeek ?? []);
  return Array.from({ length: 7 }, (_, day) => week.add({ days: day })).filter((date) =>
    wanted.has(DAYS[date.dayOfWeek - 1] ?? ""),
  );
}

function monthOfYear(
  first: Temporal.PlainDate,
  pattern: RecurrencePattern,
  years: number,
): Temporal.PlainDate {
  return first.with({ day: 1, month: pattern.month ?? first.month }).add({ years });
}

/** Exchange takes the month's last day where the wanted one does not exist. */
function onDay(month: Temporal.PlainDate, day: number): Temporal.PlainDate {
  return month.with({ day: Math.min(day, month.daysInMonth) });
}

function relativeDay(month: Temporal.PlainDate, pattern: RecurrencePattern): Temporal.PlainDate {
  const wanted = new Set<string>(pattern.daysOfWeek ?? []);
  const days = Array.from({ length: month.daysInMonth }, (_, day) => month.with({ day: day + 1 })).filter(
    (date) => wanted.has(DAYS[date.dayOfWeek - 1] ?? ""),
  );
  const chosen = pattern.index === "last" ? days.at(-1) : days[WEEKS.indexOf(pattern.index ?? "first")];
  return chosen ?? month;
}

/** The wall clock of the occurrence on `date` of something that starts at `startWall`. */
export function wallOn(date: Temporal.PlainDate, startWall: string): string {
  return `${date.toString()}T${startWall.slice(11)}`;
}

/** Moves an end along with its start, in wall-clock time, so that a series keeps its hours over a clock change. */
export function endWallFor(startWall: string, masterStart: string, masterEnd: string): string {
  const length = Temporal.PlainDateTime.from(masterStart).until(Temporal.PlainDateTime.from(masterEnd));
  return Temporal.PlainDateTime.from(startWall).add(length).toString({ smallestUnit: "second" });
}
