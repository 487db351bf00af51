import { DAY_MS, mondayOf } from "./calendar-date";
import { openRuns } from "./open-time";
import type { Interval } from "./rules";
import type { Schedule } from "./schedule";
import type { ZoneClock } from "./zone-clock";

// Where slots may start. The grid depends on the schedule alone: not on the time asked about, nor on what is taken.

/** Lengths in milliseconds of real time. */
export type Spacing = { readonly offset: number; readonly interval: number; readonly duration: number };

/** Starts are `first`, `first + interval`, … up to `last`, which may be one of them; there is none if `first > last`. */
export type GridRow = { readonly runStart: number; readonly first: number; readonly last: number };

/** The rows whose starts may lie in `[from, to)`, in order. They may begin before `from`. */
export function gridRows(schedule: Schedule, spacing: Spacing, from: number, to: number): GridRow[] {
  const { clock } = schedule;
  return rowsOf(runsAround(schedule, clock, from, to + spacing.duration), clock, spacing, from, to);
}

/** The rows of some runs of open time, which `runsAround` has found. Their weeks are those of `clock`. */
export function rowsOf(
  runs: readonly Interval[],
  clock: ZoneClock,
  spacing: Spacing,
  from: number,
  to: number,
): GridRow[] {
  const rows: GridRow[] = [];
  for (const run of runs) {
    if (run.end <= from) continue;
    const lastFit = Math.min(run.end - spacing.duration, to - 1);
    for (const { start, end } of splitAtMondays(clock, run)) {
      rows.push({ runStart: run.start, first: start + spacing.offset, last: Math.min(lastFit, end - 1) });
    }
  }
  return rows;
}

/** The first start of a row at or after an instant. May lie past the row's last. */
export function startFrom(row: GridRow, interval: number, instant: number): number {
  if (instant <= row.first) return row.first;
  return row.first + Math.ceil((instant - row.first) / interval) * interval;
}

/** The last start at or before an instant and the first one after it, among those of the run that holds it. */
export function nearestStarts(
  schedule: Schedule,
  spacing: Spacing,
  instant: number,
): { previous: number | null; next: number | null } {
  const { interval, offset } = spacing;
  let previous: number | null = null;
  for (const row of gridRows(schedule, spacing, instant, instant + interval + offset + 1)) {
    if (row.runStart > instant) break;
    const next = startFrom(row, interval, instant + 1);
    const last = Math.min(
      next - interval,
      row.first + Math.floor((row.last - row.first) / interval) * interval,
    );
    if (last >= row.first) previous = last;
    if (next <= row.last) return { previous, next };
  }
  return { previous, next: null };
}

/**
 * The runs of open time that reach into `[from, to)`, each with its true start: looks back to the Monday of the
 * week before, by the clock whose weeks count, because a run that is open from there on is anchored at a later Monday anyway.
 */
export function runsAround(
  schedule: Schedule,
  clock: ZoneClock,
  from: number,
  to: number,
): readonly Interval[] {
  const monday = clock.startOfDay(mondayOf(clock.dayAt(from)) - 7);
  const known = latestRuns.get(schedule);
  if (known?.monday === monday && known.to === to) return known.runs;
  const runs = openRuns(schedule, monday, to);
  latestRuns.set(schedule, { monday, to, runs });
  return runs;
}

/** What was asked last of each schedule: several rules ask for the same stretch while one slot is judged. */
const latestRuns = new WeakMap<Schedule, { monday: number; to: number; runs: readonly Interval[] }>();

// A schedule that never closes has no start to count from. So a run is counted again from each Monday midnight that
// has a whole week of open time before it.
function splitAtMondays(clock: ZoneClock, run: Interval): Interval[] {
  if (run.end - run.start < 6 * DAY_MS) return [run];
  const parts: Interval[] = [];
  let { start } = run;
  let monday = mondayOf(clock.dayAt(run.start));
  if (clock.startOfDay(monday) < run.start) monday += 7;
  for (monday += 7; clock.startOfDay(monday) < run.end; monday += 7) {
    const end = clock.startOfDay(monday);
    parts.push({ start, end });
    start = end;
  }
  parts.push({ start, end: run.end });
  return parts;
}
