/** A schedule as its form has it: seven days with windows of their own, dates below. PURE. */
import { z } from "zod";
import { type FormValues, rowsOf, withRows } from "@/lib/input/form-values";
import {
  dayWindow,
  overrides,
  type Schedule,
  type ScheduleInput,
  scheduleName,
  timeZone,
  travel,
} from "@/lib/schedules/schema";
import { type Weekday, weekdays } from "@/lib/schedules/weekdays";

type Window = z.output<typeof dayWindow>;

const dayWindows = z.array(dayWindow).max(48, "too_many");

/** What a sent form must hold; it comes out as a schedule, whose holidays have a form of their own. Complaints are named like the form's fields. */
export const scheduleForm = z
  .strictObject({
    name: scheduleName,
    timeZone,
    week: z.strictObject({
      1: dayWindows,
      2: dayWindows,
      3: dayWindows,
      4: dayWindows,
      5: dayWindows,
      6: dayWindows,
      7: dayWindows,
    }),
    overrides,
    travel,
  })
  .transform(({ week, ...rest }): Omit<ScheduleInput, "holidays"> => ({ ...rest, weekly: groupDays(week) }));

/** The fields of a schedule's form. The browser's time fields know no 24:00: as an end it is written 00:00. */
export function toScheduleValues(
  schedule: Pick<Schedule, "name" | "timeZone" | "weekly" | "overrides" | "travel">,
): FormValues {
  const byDate = schedule.overrides.toSorted((a, b) => a.date.localeCompare(b.date));
  let values: FormValues = { name: schedule.name, timeZone: schedule.timeZone };
  for (const day of weekdays) {
    const windows = schedule.weekly.filter(({ days }) => days.includes(day)).map(toWindowFields);
    values = withRows(
      values,
      `week.${day}`,
      windows.toSorted((a, b) => a.start.localeCompare(b.start)),
    );
  }
  values = withRows(
    values,
    "overrides",
    byDate.map(({ date }) => ({ date })),
  );
  for (const [index, { windows }] of byDate.entries()) {
    values = withRows(values, `overrides.${index}.windows`, windows.map(toWindowFields));
  }
  return withRows(
    values,
    "travel",
    schedule.travel.toSorted((a, b) => a.from.localeCompare(b.from)),
  );
}

/** What `scheduleForm` checks, from the fields that were sent. */
export function readScheduleValues(values: FormValues): unknown {
  return {
    name: values.name,
    timeZone: values.timeZone,
    week: Object.fromEntries(weekdays.map((day) => [day, rowsOf(values, `week.${day}`).map(readWindow)])),
    overrides: rowsOf(values, "overrides").map((row) => ({
      date: row.date || undefined,
      windows: rowsOf(row, "windows").map(readWindow),
    })),
    travel: rowsOf(values, "travel").map(({ from, to, timeZone }) => ({
      from: from || undefined,
      to: to || undefined,
      timeZone,
    })),
  };
}

function toWindowFields({ start, end }: Window): Window {
  return { start, end: end === "24:00" ? "00:00" : end };
}

function readWindow({ start, end }: FormValues) {
  return { start: start || undefined, end: end === "00:00" ? "24:00" : end || undefined };
}

/** Days that share a window share its entry, as people would write it: Monday to Friday, 09:00 to 17:00. */
function groupDays(week: Record<Weekday, Window[]>): ScheduleInput["weekly"] {
  const groups = new Map<string, ScheduleInput["weekly"][number]>();
  for (const day of weekdays) {
    for (const { start, end } of week[day]) {
      const group = groups.get(`${start} ${end}`) ?? { days: [], start, end };
      if (!group.days.includes(day)) group.days.push(day);
      groups.set(`${start} ${end}`, group);
    }
  }
  return [...groups.values()];
}
