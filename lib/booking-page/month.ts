/** The month as a visitor sees it: whole weeks of dates. Dates are `YYYY-MM-DD`, months `YYYY-MM`. PURE. */
import { toDate, toDayNumber, weekdayIndexOf } from "@/lib/slot-engine/calendar-date";

export interface MonthDay {
  date: string;
  /** How many times are free; 0 for days that have none. */
  times: number;
}

/** 1 Monday to 7 Sunday. */
export type Weekday = 1 | 2 | 3 | 4 | 5 | 6 | 7;

/** The weeks of a month, each with seven places; places before its first day and after its last are null. `last` may be a later month's. */
export function weeksOf(
  month: string,
  weekStartsOn: Weekday,
  times: ReadonlyMap<string, unknown[]> = new Map(),
  last = lastDateOf(month),
): (MonthDay | null)[][] {
  const first = toDayNumber(`${month}-01`);
  const length = toDayNumber(last) - first + 1;
  const lead = leadOf(first, weekStartsOn);
  const places = Array.from({ length: Math.ceil((lead + length) / 7) * 7 }, (_, place) => {
    const index = place - lead;
    if (index < 0 || index >= length) return null;
    const date = toDate(first + index);
    return { date, times: times.get(date)?.length ?? 0 };
  });
  return Array.from({ length: places.length / 7 }, (_, week) => places.slice(week * 7, week * 7 + 7));
}

/** The dates of the week that a date is in. */
export function weekOf(date: string, weekStartsOn: Weekday): [first: string, ...string[]] {
  const first = toDayNumber(date) - leadOf(toDayNumber(date), weekStartsOn);
  return [toDate(first), ...Array.from({ length: 6 }, (_, index) => toDate(first + 1 + index))];
}

/** The date some days later, or earlier. */
export function addDays(date: string, count: number): string {
  return toDate(toDayNumber(date) + count);
}

/** How many days of its week are before a day. */
function leadOf(day: number, weekStartsOn: Weekday): number {
  return (weekdayIndexOf(day) - (weekStartsOn - 1) + 7) % 7;
}

/** A week of dates that starts on the weekday, to name the columns by. */
export function columnDates(weekStartsOn: Weekday): string[] {
  const monday = toDayNumber("2024-01-01");
  return Array.from({ length: 7 }, (_, index) => toDate(monday + weekStartsOn - 1 + index));
}

export function lastDateOf(month: string): string {
  return toDate(toDayNumber(`${month}-01`) + daysIn(month) - 1);
}

/** The month some months later, or earlier. */
export function addMonths(month: string, count: number): string {
  const [year = 0, number = 1] = month.split("-").map(Number);
  return new Date(Date.UTC(year, number - 1 + count, 1)).toISOString().slice(0, 7);
}

export function monthOf(date: string): string {
  return date.slice(0, 7);
}

/** The first day of the week where the visitor's language is at home; Monday where nothing is known. */
export function weekStartOf(locale: string): Weekday {
  try {
    const known = new Intl.Locale(locale).maximize() as WeekLocale;
    const { firstDay = 1 } = known.getWeekInfo?.() ?? known.weekInfo ?? {};
    return isWeekday(firstDay) ? firstDay : 1;
  } catch {
    return 1;
  }
}

/** Newer engines have the method, older ones the property; TypeScript knows neither yet. */
interface WeekLocale extends Intl.Locale {
  getWeekInfo?: () => { firstDay?: number };
  weekInfo?: { firstDay?: number };
}

function isWeekday(day: number): day is Weekday {
  return Number.isInteger(day) && day >= 1 && day <= 7;
}

function daysIn(month: string): number {
  return toDayNumber(`${addMonths(month, 1)}-01`) - toDayNumber(`${month}-01`);
}
