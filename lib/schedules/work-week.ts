/** Weekly hours out of the days that somebody really works. */
import type { WorkTime } from "@/lib/meetings/work-hours-reader";
import type { ScheduleInput } from "@/lib/schedules/schema";
import { weekdays } from "@/lib/schedules/weekdays";
import { toDayNumber, weekdayIndexOf } from "@/lib/slot-engine/calendar-date";
import { wallTime } from "@/lib/slot-engine/zone";

type WeeklyWindow = ScheduleInput["weekly"][number];
type DayWindow = Omit<WeeklyWindow, "days">;

/** A day that is worked once is an exception, not a habit. */
const habit = 2;

/**
 * The week that somebody works, by some weeks of it: each weekday as it is most often, of two equally frequent ways the later one. Days off
 * count for nothing, so that neither leave nor every other Friday closes a weekday. In the zone's own time; `[]` where there is no habit.
 */
export function workWeekOf(
  times: readonly Pick<WorkTime, "startsAt" | "endsAt">[],
  timeZone: string,
): WeeklyWindow[] {
  const dates = new Map<string, DayWindow[]>();
  for (const { date, ...window } of times.flatMap((time) => onDates(time, timeZone))) {
    dates.set(date, [...(dates.get(date) ?? []), window]);
  }
  const days = weekdays.map((day) =>
    mostFrequent(
      [...dates]
        .filter(([date]) => weekdayIndexOf(toDayNumber(date)) === day - 1)
        .toSorted()
        .map(([, windows]) => joined(windows)),
    ),
  );
  const week = new Map<string, WeeklyWindow>();
  for (const [index, windows] of days.entries()) {
    for (const { start, end } of windows) {
      const known = week.get(`${start} ${end}`);
      week.set(`${start} ${end}`, { days: [...(known?.days ?? []), index + 1], start, end });
    }
  }
  return [...week.values()];
}

/** A stretch as the clocks of a zone show it, on each date that it touches. */
function onDates(
  { startsAt, endsAt }: Pick<WorkTime, "startsAt" | "endsAt">,
  timeZone: string,
): (DayWindow & { date: string })[] {
  const first = wallTime(startsAt.getTime(), timeZone);
  // Outlook may end a day at its last second.
  const last = wallTime(endsAt.getTime() - 1, timeZone);
  const end = wallTime(Math.ceil(endsAt.getTime() / 60_000) * 60_000, timeZone);
  const lastEnd = end.date === last.date ? end.time : "24:00";
  if (first.date === last.date) return [{ date: first.date, start: first.time, end: lastEnd }];
  const rest = { date: last.date, start: "00:00", end: lastEnd };
  return [{ date: first.date, start: first.time, end: "24:00" }, rest];
}

/** Windows of one day that touch or overlap, such as the office and then at home, as one. */
function joined(windows: readonly DayWindow[]): DayWindow[] {
  const whole: DayWindow[] = [];
  for (const { start, end } of windows.toSorted((one, other) => one.start.localeCompare(other.start))) {
    const last = whole.at(-1);
    if (last && start <= last.end) last.end = end > last.end ? end : last.end;
    else whole.push({ start, end });
  }
  return whole.filter(({ start, end }) => start < end);
}

function mostFrequent(days: readonly DayWindow[][]): DayWindow[] {
  const counts = new Map<string, { windows: DayWindow[]; count: number }>();
  for (const windows of days) {
    const key = JSON.stringify(windows);
    const count = (counts.get(key)?.count ?? 0) + 1;
    counts.delete(key);
    counts.set(key, { windows, count });
  }
  let found: DayWindow[] = [];
  let most = habit;
  for (const { windows, count } of counts.values()) {
    if (count < most) continue;
    found = windows;
    most = count;
  }
  return found;
}
