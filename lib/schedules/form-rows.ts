/** The rows of a schedule's form. PURE and small: the browser runs it too, so that no button has to wait for the server. */
import { type FormValues, rowsOf, withoutRow, withRows } from "@/lib/input/form-values";
import { weekdays } from "@/lib/schedules/weekdays";
import { mergeIntervals } from "@/lib/slot-engine/intervals";
import type { Interval } from "@/lib/slot-engine/rules";

/**
 * What a button of the form does besides saving: `add-window:<list>`, `remove:<row>`, `add-date:<date>` (empty: one to be chosen),
 * `add-travel:`, `copy:<day>` to the days that are ticked, `open:` and `close:<first day>-<last day>,<minute>-<minute>`. Anything
 * else changes nothing.
 */
export function changeScheduleValues(values: FormValues, intent: string): FormValues {
  const [verb, target = ""] = intent.split(":");
  switch (verb) {
    case "add-window": {
      const rows = rowsOf(values, target);
      return withRows(values, target, [...rows, nextWindow(rows.at(-1))]);
    }
    case "remove":
      return withoutRow(values, target);
    case "add-date":
      return addDate(values, target);
    case "add-travel": {
      const journey = { from: "", to: "", timeZone: values.timeZone ?? "UTC" };
      return withRows(values, "travel", [...rowsOf(values, "travel"), journey]);
    }
    case "copy":
      return copyDay(values, target);
    case "open":
    case "close":
      return paint(values, verb, target);
    default:
      return values;
  }
}

function addDate(values: FormValues, date: string): FormValues {
  const rows = rowsOf(values, "overrides");
  if (date !== "" && rows.some((row) => row.date === date)) return values;
  return withRows(values, "overrides", [...rows, { date }]);
}

/** Opens or closes a stretch of minutes on neighbouring days; what was open merges with it. */
function paint(values: FormValues, verb: "open" | "close", target: string): FormValues {
  const [first = 0, last = 0, from = 0, until = 0] = (target.match(/\d+/g) ?? []).map(Number);
  const days = weekdays.filter((day) => day >= first && day <= last);
  return days.reduce((next, day) => {
    const list = `week.${day}`;
    const windows = rowsOf(next, list).flatMap(toMinutes);
    const painted =
      verb === "open"
        ? mergeIntervals([...windows, { start: from, end: until }])
        : mergeIntervals(windows).flatMap(({ start, end }) => [
            { start, end: Math.min(end, from) },
            { start: Math.max(start, until), end },
          ]);
    const rows = painted.filter(({ start, end }) => start < end);
    return withRows(
      next,
      list,
      rows.map(({ start, end }) => ({ start: timeOfDay(start), end: timeOfDay(end % 1440) })),
    );
  }, values);
}

/** The minutes of a row; none if it can't be read yet. An end of 00:00 is midnight. */
export function toMinutes({ start = "", end = "" }: FormValues): Interval[] {
  const minutes = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
  const isRead = /^\d\d:\d\d$/.test(start) && /^\d\d:\d\d$/.test(end);
  return isRead ? [{ start: minutes(start), end: minutes(end) || 1440 }] : [];
}

const two = (value: number) => String(value).padStart(2, "0");

/** `HH:mm` of a minute after midnight. */
export function timeOfDay(minute: number): string {
  return `${two(Math.floor(minute / 60))}:${two(minute % 60)}`;
}

function copyDay(values: FormValues, from: string): FormValues {
  const windows = rowsOf(values, `week.${from}`);
  const targets = weekdays.filter((day) => values[`copy.${from}.${day}`] !== undefined);
  const copied = targets.reduce((next, day) => withRows(next, `week.${day}`, windows), values);
  return Object.fromEntries(Object.entries(copied).filter(([name]) => !name.startsWith("copy.")));
}

/** Behind the last window an hour's pause and an hour's work; on an empty day the usual hours. */
function nextWindow(last: FormValues | undefined): { start: string; end: string } {
  if (!last) return { start: "09:00", end: "17:00" };
  const hour = Number(last.end?.slice(0, 2));
  if (!(hour > 0 && hour < 22)) return { start: "", end: "" };
  return { start: timeOfDay((hour + 1) * 60), end: timeOfDay((hour + 2) * 60) };
}
