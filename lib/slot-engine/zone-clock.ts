import { Temporal } from "temporal-polyfill";
import { DAY_MS } from "./calendar-date";

// A zone as a list of stretches with one offset each, so that every question about it is integer arithmetic.
// The stretches come from the zone data of this Node (Intl), are found when first needed and are kept.

/** A stretch of time, epoch milliseconds, half-open, in which wall time = instant + offset. */
export type Stretch = { readonly start: number; readonly end: number; readonly offset: number };

// Zone data changes on whole seconds. A block is 2^25 s (388 days), probed every 2^19 s (six days): no zone changes
// twice within that time between 1970 and 2100 (the closest, Recife in 2000 and Gaza in 2040, take seven days).
const BLOCK_SECONDS = 2 ** 25;
const PROBE_SECONDS = 2 ** 19;
// Far more than anyone plans for; keeps the memory of a zone bounded whatever is asked.
const MAX_BLOCKS = 256;

/** Reads wall time of one zone. */
export class ZoneClock {
  private readonly format: Intl.DateTimeFormat;
  private readonly blocks = new Map<number, readonly Stretch[]>();
  private latest: Stretch = { start: 0, end: 0, offset: 0 };

  constructor(readonly id: string) {
    this.format = new Intl.DateTimeFormat("en-US", { timeZone: id, timeZoneName: "longOffset" });
  }

  /** The stretch that holds an instant. */
  stretchAt(ms: number): Stretch {
    if (ms >= this.latest.start && ms < this.latest.end) return this.latest;
    for (const stretch of this.block(Math.floor(ms / (BLOCK_SECONDS * 1000)))) {
      if (ms < stretch.end) {
        this.latest = stretch;
        return stretch;
      }
    }
    throw new RangeError(`Not an instant: ${ms}`);
  }

  /** All stretches that touch `[from, to)`, in order; the first and last may reach beyond it. */
  stretchesOver(from: number, to: number): Stretch[] {
    const stretches: Stretch[] = [];
    for (let ms = from; ms < to; ) {
      const stretch = this.stretchAt(ms);
      stretches.push(stretch);
      ms = stretch.end;
    }
    return stretches;
  }

  /** The day number an instant falls on. */
  dayAt(ms: number): number {
    return Math.floor((ms + this.stretchAt(ms).offset) / DAY_MS);
  }

  /** The first instant whose date is `day` or, if the zone skipped that date, a later one. */
  startOfDay(day: number): number {
    const midnight = day * DAY_MS;
    for (const stretch of this.stretchesOver(midnight - 2 * DAY_MS, midnight + 2 * DAY_MS)) {
      const start = Math.max(stretch.start, midnight - stretch.offset);
      if (start < stretch.end) return start;
    }
    throw new RangeError(`Not a day number: ${day}`);
  }

  /** The end of the last instant whose date is `day` or, if the zone skipped that date, an earlier one. */
  endOfDay(day: number): number {
    const midnight = (day + 1) * DAY_MS;
    for (const stretch of this.stretchesOver(midnight - 2 * DAY_MS, midnight + 2 * DAY_MS).reverse()) {
      const end = Math.min(stretch.end, midnight - stretch.offset);
      if (end > stretch.start) return end;
    }
    throw new RangeError(`Not a day number: ${day}`);
  }

  private block(index: number): readonly Stretch[] {
    let block = this.blocks.get(index);
    if (block === undefined) {
      if (this.blocks.size >= MAX_BLOCKS) this.blocks.clear();
      block = this.readBlock(index * BLOCK_SECONDS, (index + 1) * BLOCK_SECONDS);
      this.blocks.set(index, block);
    }
    return block;
  }

  private readBlock(fromSecond: number, toSecond: number): Stretch[] {
    const stretches: Stretch[] = [];
    let start = fromSecond;
    let offset = this.offsetAt(fromSecond);
    for (let probe = fromSecond + PROBE_SECONDS; probe <= toSecond; probe += PROBE_SECONDS) {
      const next = this.offsetAt(probe);
      if (next === offset) continue;
      const change = this.changeBetween(probe - PROBE_SECONDS, probe, offset);
      stretches.push({ start: start * 1000, end: change * 1000, offset });
      start = change;
      offset = next;
    }
    if (start < toSecond) stretches.push({ start: start * 1000, end: toSecond * 1000, offset });
    return stretches;
  }

  private changeBetween(before: number, after: number, offsetBefore: number): number {
    let low = before;
    let high = after;
    while (high - low > 1) {
      const middle = (low + high) / 2;
      if (this.offsetAt(middle) === offsetBefore) low = middle;
      else high = middle;
    }
    return high;
  }

  // Intl writes `1/1/1970, GMT-00:44:30`, or a bare `GMT` for no offset.
  private offsetAt(second: number): number {
    const text = this.format.format(second * 1000);
    const at = text.indexOf("GMT") + 3;
    if (at >= text.length) return 0;
    const [hours = 0, minutes = 0, seconds = 0] = text
      .slice(at + 1)
      .split(":")
      .map(Number);
    const size = ((hours * 60 + minutes) * 60 + seconds) * 1000;
    return text[at] === "-" ? -size : size;
  }
}

const clocks = new Map<string, ZoneClock>();

/** The clock of an IANA zone, in any casing. Throws RangeError if this Node does not know the zone. */
export function zoneClock(timeZone: string): ZoneClock {
  const known = clocks.get(timeZone);
  if (known !== undefined) return known;
  const id = canonicalTimeZone(timeZone);
  if (id === null) throw new RangeError(`Unknown time zone: ${timeZone}`);
  const clock = clocks.get(id) ?? new ZoneClock(id);
  clocks.set(id, clock);
  return clock;
}

/** Names of zones that were asked for, in their own casing: there are some hundreds, and looking one up takes long. */
const names = new Set<string>();

/**
 * The IANA name in its own casing (`asia/kolkata` → `Asia/Kolkata`), or null if this Node does not know it.
 * Bare offsets and ICU's three-letter names (`IST`, `BST`) are not IANA names.
 */
export function canonicalTimeZone(timeZone: string): string | null {
  if (names.has(timeZone)) return timeZone;
  if (!/^[A-Za-z]/.test(timeZone)) return null;
  try {
    // Lower case, because Temporal remembers every spelling it is given.
    const { timeZoneId } = Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(
      timeZone.toLowerCase(),
    );
    names.add(timeZoneId);
    return timeZoneId;
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}
