import { DAY_MS } from "./calendar-date";
import { appendMerging, mergeIntervals } from "./intervals";
import type { Interval } from "./rules";
import type { Schedule } from "./schedule";
import type { ZoneClock } from "./zone-clock";

/**
 * The open time between two instants, as sorted runs that neither overlap nor touch.
 * An instant is open if its wall time lies in a window of its date, so what a clock change skips is not there
 * and what it repeats is there twice.
 */
export function openRuns(schedule: Schedule, from: number, to: number): Interval[] {
  const read = schedule.readers.flatMap((reader) => openTimeReadIn(reader, schedule, from, to));
  return schedule.readers.length === 1 ? read : mergeIntervals(read);
}

// Goes through the stretches of one offset and, inside each, through its dates: that is the order of instants.
function openTimeReadIn(reader: ZoneClock, schedule: Schedule, from: number, to: number): Interval[] {
  const runs: Interval[] = [];
  for (const stretch of reader.stretchesOver(from, to)) {
    const earliest = Math.max(from, stretch.start);
    const latest = Math.min(to, stretch.end);
    const lastDay = Math.floor((latest - 1 + stretch.offset) / DAY_MS);
    for (let day = Math.floor((earliest + stretch.offset) / DAY_MS); day <= lastDay; day++) {
      if (schedule.readerOf(day) !== reader) continue;
      const midnight = day * DAY_MS - stretch.offset;
      for (const window of schedule.windowsOn(day)) {
        const start = Math.max(earliest, midnight + window.start);
        const end = Math.min(latest, midnight + window.end);
        if (start < end) appendMerging(runs, start, end);
      }
    }
  }
  return runs;
}
