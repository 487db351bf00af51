import { MINUTE_MS } from "./calendar-date";
import type { Availability, Hold, Interval, OwnBooking } from "./rules";

// What blocks a slot. A slot keeps its own buffers free of all busy time; between two of the
// organizer's own bookings (or holds) the buffers of both add up. Buffers may lie outside open time.

/** Busy time of another calendar, a booking, or a hold. */
export type TakenTime = Readonly<Interval> | Hold;

/** What the slot asked about needs, in milliseconds. */
export type Need = { readonly duration: number; readonly before: number; readonly after: number };

/** The buffers a claim brings along, in milliseconds: those of own bookings and holds, none for other busy time. */
export function buffersOf(claim: TakenTime): { before: number; after: number } {
  if (!("bufferBeforeMinutes" in claim)) return { before: 0, after: 0 };
  return { before: claim.bufferBeforeMinutes * MINUTE_MS, after: claim.bufferAfterMinutes * MINUTE_MS };
}

/** The starts that a claim forbids: those strictly between `start` and `end`. Touching is allowed. */
function forbiddenStarts(claim: TakenTime, need: Need): Interval {
  const { before, after } = buffersOf(claim);
  const start = claim.start - before;
  const end = claim.end + after;
  if (start >= end) return { start: Infinity, end: -Infinity };
  return { start: start - need.after - need.duration, end: end + need.before };
}

/** Whether a claim blocks a slot that starts at `start`. */
export function forbids(claim: TakenTime, need: Need, start: number): boolean {
  const forbidden = forbiddenStarts(claim, need);
  return forbidden.start < start && start < forbidden.end;
}

/** Answers for rising starts whether any of a set of claims forbids them, in one pass over claims and starts. */
export class ClaimSweep {
  private readonly begins: Float64Array;
  private readonly ends: Float64Array;
  private begun = 0;
  private ended = 0;

  /** Only claims that matter for starts in `[from, to)` are kept. */
  constructor(claims: readonly TakenTime[], need: Need, from: number, to: number) {
    // One place more than claims: an end mark, so that the loops below never read past the arrays.
    const begins = new Float64Array(claims.length + 1).fill(Infinity);
    const ends = new Float64Array(claims.length + 1).fill(Infinity);
    let count = 0;
    for (const claim of claims) {
      const forbidden = forbiddenStarts(claim, need);
      if (forbidden.start >= to || forbidden.end <= from) continue;
      begins[count] = forbidden.start;
      ends[count] = forbidden.end;
      count++;
    }
    this.begins = sortNearlySorted(begins);
    this.ends = sortNearlySorted(ends);
  }

  /** `start` must not be smaller than the one asked about before. */
  forbids(start: number): boolean {
    // Begins and ends are sorted apart: a start is free if as many claims have ended as have begun.
    while ((this.begins[this.begun] ?? Infinity) < start) this.begun++;
    while ((this.ends[this.ended] ?? Infinity) <= start) this.ended++;
    return this.begun > this.ended;
  }
}

/** How far a value may be from its place while moving it there costs less than sorting all of them. */
const NEAR = 16;

function sortNearlySorted(values: Float64Array): Float64Array {
  for (let i = 1; i < values.length; i++) {
    const value = values[i] ?? 0;
    let place = i;
    for (; place > 0 && (values[place - 1] ?? 0) > value; place--) values[place] = values[place - 1] ?? 0;
    values[place] = value;
    if (i - place > NEAR) return values.sort();
  }
  return values;
}

/** A session that others may still join: same event type, same start and end. */
export type Session = Interval & { seatsTaken: number; entries: OwnBooking[] };

/** The organizer's bookings without the one being moved. */
export function remainingBookings({ bookings, excludeBookingId }: Availability): readonly OwnBooking[] {
  if (excludeBookingId === undefined) return bookings;
  return bookings.filter((booking) => booking.id !== excludeBookingId);
}

/** The sessions of the event type by start and end, if it has seats. */
export function listSessions(bookings: readonly OwnBooking[]): Session[] {
  const sessions = new Map<string, Session>();
  for (const booking of bookings) {
    if (!booking.sameEventType) continue;
    const key = `${booking.start}/${booking.end}`;
    const session = sessions.get(key) ?? {
      start: booking.start,
      end: booking.end,
      seatsTaken: 0,
      entries: [],
    };
    session.seatsTaken += booking.seatsTaken ?? 1;
    session.entries.push(booking);
    sessions.set(key, session);
  }
  return [...sessions.values()];
}
