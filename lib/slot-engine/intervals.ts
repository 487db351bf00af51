import type { Interval } from "./rules";

/** Appends to a sorted list, widening its last interval when the new one overlaps or touches it. */
export function appendMerging(merged: Interval[], start: number, end: number): void {
  const last = merged.at(-1);
  if (last !== undefined && start <= last.end) {
    if (end > last.end) last.end = end;
  } else {
    merged.push({ start, end });
  }
}

/** The same time as sorted intervals that neither overlap nor touch. Empty intervals are dropped. */
export function mergeIntervals(intervals: readonly Readonly<Interval>[]): Interval[] {
  const merged: Interval[] = [];
  for (const { start, end } of [...intervals].sort((a, b) => a.start - b.start)) {
    if (start < end) appendMerging(merged, start, end);
  }
  return merged;
}

/** The time that two lists share, both of sorted intervals that neither overlap nor touch; so is the answer. */
export function intersectIntervals(
  a: readonly Readonly<Interval>[],
  b: readonly Readonly<Interval>[],
): Interval[] {
  const shared: Interval[] = [];
  let at = 0;
  for (const one of a) {
    for (; at < b.length; at++) {
      const other = b[at];
      if (other === undefined || other.start >= one.end) break;
      const start = Math.max(one.start, other.start);
      const end = Math.min(one.end, other.end);
      if (start < end) shared.push({ start, end });
      // It may reach into the next one of `a`.
      if (other.end > one.end) break;
    }
  }
  return shared;
}

/** Whether two half-open intervals share an instant; touching is not sharing. */
export function overlaps(a: Readonly<Interval>, b: Readonly<Interval>): boolean {
  return a.start < b.end && b.start < a.end;
}
