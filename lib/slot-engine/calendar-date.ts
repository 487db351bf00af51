// Dates as whole numbers: days since 1970-01-01, no zone, no clock.

export const MINUTE_MS = 60_000;
export const DAY_MS = 86_400_000;

// 1970-01-01 was a Thursday, the fourth day of a week that starts on Monday.
const DAYS_BEFORE_EPOCH_IN_WEEK = 3;

/** The number of a date `YYYY-MM-DD`. Throws RangeError for anything that is not a day of the calendar. */
export function toDayNumber(date: string): number {
  const day = Date.parse(`${date}T00:00:00Z`) / DAY_MS;
  if (date.length !== 10 || Number.isNaN(day) || toDate(day) !== date) {
    throw new RangeError(`Not a date (YYYY-MM-DD): ${date}`);
  }
  return day;
}

/** The date `YYYY-MM-DD` of a day number. */
export function toDate(day: number): string {
  return new Date(day * DAY_MS).toISOString().slice(0, 10);
}

/** 0 for Monday to 6 for Sunday. */
export function weekdayIndexOf(day: number): number {
  return day - mondayOf(day);
}

/** A number that is the same for all days of a week, Monday first. */
export function weekOf(day: number): number {
  return Math.floor((day + DAYS_BEFORE_EPOCH_IN_WEEK) / 7);
}

/** The day number of the Monday of the week. */
export function mondayOf(day: number): number {
  return weekOf(day) * 7 - DAYS_BEFORE_EPOCH_IN_WEEK;
}

/** A number that is the same for all days of a month. */
export function monthNumberOf(day: number): number {
  const date = new Date(day * DAY_MS);
  return date.getUTCFullYear() * 12 + date.getUTCMonth();
}
