/** The rows of a schedule's form. PURE and small: the browser runs it too, so that no button has to wait for the server. */
import { type FormValues, rowsOf, withoutRow, withRows } from "@/lib/input/form-values";
import { weekdays } from "@/lib/schedules/weekdays";

/**
 * What a button of the form does besides saving: `add-window:<list>`, `remove:<row>`, `add-date:`, `add-travel:`, `copy:<day>` to
 * the days that are ticked. Anything else changes nothing.
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
      return withRows(values, "overrides", [...rowsOf(values, "overrides"), { date: "" }]);
    case "add-travel": {
      const journey = { from: "", to: "", timeZone: values.timeZone ?? "UTC" };
      return withRows(values, "travel", [...rowsOf(values, "travel"), journey]);
    }
    case "copy":
      return copyDay(values, target);
    default:
      return values;
  }
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
  const at = (hours: number) => `${String(hours).padStart(2, "0")}:00`;
  return { start: at(hour + 1), end: at(hour + 2) };
}
