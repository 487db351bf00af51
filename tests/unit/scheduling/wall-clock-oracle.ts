import type { LocalWindow } from "@/lib/slot-engine/rules";

// A second opinion on open time, built on Intl alone: it looks at the wall clock step by step and follows the
// contract's words. Slow and plain on purpose; it shares no code with the engine.

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** What the wall clock shows at an instant. */
export type Reading = { ms: number; date: string; minute: number };
export type WallClock = (ms: number) => Reading;
/** Minutes. */
export type Grid = { duration: number; interval: number; offset: number };

export function wallClock(timeZone: string): WallClock {
  const format = new Intl.DateTimeFormat("en-US", {
    timeZone,
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  });
  return (ms) => {
    // 03/29/2026, 01:59
    const text = format.format(ms);
    const date = `${text.slice(6, 10)}-${text.slice(0, 2)}-${text.slice(3, 5)}`;
    return { ms, date, minute: Number(text.slice(12, 14)) * 60 + Number(text.slice(15, 17)) };
  };
}

/** The minutes at which a zone's distance from UTC changes. */
export function listChanges(clock: WallClock, from: number, to: number): number[] {
  const distance = (ms: number) => {
    const { date, minute } = clock(ms);
    return Date.parse(date) + minute * MINUTE - ms;
  };
  const changes: number[] = [];
  for (let day = from; day < to; day += DAY) {
    if (distance(day) === distance(day + DAY)) continue;
    let [before, after] = [day, day + DAY];
    while (after - before > MINUTE) {
      const middle = before + Math.floor((after - before) / 2 / MINUTE) * MINUTE;
      if (distance(middle) === distance(day)) before = middle;
      else after = middle;
    }
    changes.push(after);
  }
  return changes;
}

export function read(clock: WallClock, from: number, to: number, stepMinutes: number): Reading[] {
  const readings: Reading[] = [];
  for (let ms = from; ms < to; ms += stepMinutes * MINUTE) readings.push(clock(ms));
  return readings;
}

/**
 * The starts offered by hours that hold every day, within readings in which each run of open time begins.
 * A run that is already open at the first reading is left out.
 */
export function listStarts(
  readings: readonly Reading[],
  hours: readonly LocalWindow[],
  grid: Grid,
): number[] {
  const ranges = hours.map(({ start, end }) => ({ start: minutes(start), end: minutes(end) }));
  const isOpen = ({ minute }: Reading) => ranges.some(({ start, end }) => start <= minute && minute < end);
  const starts: number[] = [];
  let runStart: number | null = null;
  let wasOpen = true;
  for (const reading of readings) {
    const open = isOpen(reading);
    if (open && !wasOpen) runStart = reading.ms;
    if (!open && wasOpen && runStart !== null) starts.push(...startsOf(runStart, reading.ms, grid));
    if (!open) runStart = null;
    wasOpen = open;
  }
  return starts;
}

function startsOf(runStart: number, runEnd: number, { duration, interval, offset }: Grid): number[] {
  const starts: number[] = [];
  for (
    let start = runStart + offset * MINUTE;
    start + duration * MINUTE <= runEnd;
    start += interval * MINUTE
  ) {
    starts.push(start);
  }
  return starts;
}

function minutes(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
}
