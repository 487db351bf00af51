/** The weeks that figures are about. PURE. */
import { mondayOf, toDate, toDayNumber } from "@/lib/slot-engine/calendar-date";
import { dateRangeToInstants, localDateOf } from "@/lib/slot-engine/zone";

/** How many weeks can be looked back on, this one included. */
export const weekChoices = [4, 12, 26, 52] as const;

export interface Period {
  /** The first and last date, in `timeZone`. */
  first: string;
  last: string;
  /** IANA: days and weeks are meant in it. */
  timeZone: string;
  /** Its weeks, the earliest first. */
  weeks: { monday: string; start: Date }[];
  start: Date;
  end: Date;
}

/** So many weeks from Monday to Sunday, up to the one of `now` (epoch milliseconds). */
export function periodOf(weekCount: number, timeZone: string, now: number): Period {
  const thisMonday = mondayOf(toDayNumber(localDateOf(now, timeZone)));
  const mondays = Array.from({ length: weekCount }, (_, week) => thisMonday - (weekCount - 1 - week) * 7);
  const first = toDate(mondays[0] ?? thisMonday);
  const last = toDate(thisMonday + 6);
  const startOf = (day: number) => new Date(dateRangeToInstants(toDate(day), toDate(day), timeZone).start);
  return {
    first,
    last,
    timeZone,
    weeks: mondays.map((day) => ({ monday: toDate(day), start: startOf(day) })),
    start: startOf(mondays[0] ?? thisMonday),
    end: startOf(thisMonday + 7),
  };
}

/** The number of weeks that an address asks for. */
export function readWeekCount(text: string | null | undefined): number {
  return weekChoices.find((count) => String(count) === text) ?? 12;
}
