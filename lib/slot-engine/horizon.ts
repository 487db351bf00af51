import { toDayNumber } from "./calendar-date";
import { openRuns } from "./open-time";
import type { BookingWindow } from "./rules";
import type { Schedule } from "./schedule";

/** Day numbers in the schedule's zone, both included; infinite where nothing bounds them. */
export type Horizon = { readonly firstDay: number; readonly lastDay: number };

// Ten years: a schedule with fewer open days than asked for ends the count somewhere.
const FARTHEST_DAYS = 3660;

/** The days on which slots may start. */
export function bookingHorizon(window: BookingWindow, schedule: Schedule, now: number): Horizon {
  switch (window.kind) {
    case "none":
      return { firstDay: -Infinity, lastDay: Infinity };
    case "range":
      return { firstDay: toDayNumber(window.from), lastDay: toDayNumber(window.to) };
    case "rolling":
      return { firstDay: -Infinity, lastDay: schedule.clock.dayAt(now) + window.days };
    case "rolling_bookable":
      return { firstDay: -Infinity, lastDay: lastBookableDay(schedule, now, window.days) };
  }
}

function lastBookableDay(schedule: Schedule, now: number, days: number): number {
  const { clock } = schedule;
  const today = clock.dayAt(now);
  let day = today;
  for (let left = days; left > 0 && day < today + FARTHEST_DAYS; ) {
    day++;
    if (openRuns(schedule, clock.startOfDay(day), clock.endOfDay(day)).length > 0) left--;
  }
  return day;
}
