import type { Tx } from "@/lib/database/client";
import type { Run } from "@/lib/database/direct";
import type { PrismaClient } from "@/lib/database/generated/client";
import type { Offer } from "@/lib/offers/offer";
import { listOwnBookings } from "@/lib/offers/own-bookings";
import { asOfOf, knownPart, readSurroundings } from "@/lib/offers/surroundings";
import { isOffered } from "@/lib/slot-engine/explain";
import type { Availability, Interval, Reason } from "@/lib/slot-engine/rules";
import { listSlots } from "@/lib/slot-engine/slots";
import { dateRangeToInstants } from "@/lib/slot-engine/zone";

export interface Slots {
  slots: Interval[];
  /** When the organizer's calendar was last read for these; null when no calendar blocks time. */
  calendarAsOf: Date | null;
  /** The organizer's calendar can't be read, so that no time is known to be free. */
  isClosed: boolean;
}

interface SlotRange {
  /** Dates `YYYY-MM-DD` in the visitor's zone, both included. */
  from: string;
  to: string;
  /** IANA */
  timeZone: string;
  durationMinutes: number;
  /** The meeting that is being moved, which is in no one's way. */
  movingMeetingId?: string | undefined;
  /** The hash of the visitor's key: what they hold themselves is offered to them. */
  holderHash?: Uint8Array | null | undefined;
}

/** The slots of an offer on some of the visitor's dates, as of `now` (epoch milliseconds). */
export async function listOfferedSlots(offer: Offer, range: SlotRange, now = Date.now()): Promise<Slots> {
  const instants = dateRangeToInstants(range.from, range.to, range.timeZone);
  const { durationMinutes, movingMeetingId, holderHash = null } = range;
  const lastEnd = instants.end + durationMinutes * 60_000;
  const asked = { ...instants, end: lastEnd };
  const { coverage, ...taken } = await readSurroundings(offer, asked, { now, holderHash });
  const asOf = asOfOf(coverage);
  const calendarAsOf = asOf === null ? null : new Date(asOf);
  const known = knownPart(instants, coverage);
  if (!known) return { slots: [], calendarAsOf, isClosed: true };
  const question = availabilityOf(offer, durationMinutes, { now, ...taken, movingMeetingId });
  const slots = listSlots({ ...question, from: known.start, to: known.end });
  return { slots, calendarAsOf, isClosed: false };
}

/** What an offer is asked about besides its own rules. */
export interface Surroundings {
  now: number;
  bookings: Availability["bookings"];
  busy?: Availability["busy"];
  /** Left out where a hold counts for nothing: when someone books. */
  holds?: Availability["holds"];
  /** The meeting that is being moved. */
  movingMeetingId?: string | undefined;
}

/** The question about an offer as the engine takes it. */
export function availabilityOf(offer: Offer, durationMinutes: number, around: Surroundings): Availability {
  return {
    schedule: offer.schedule,
    event: offer.eventType,
    durationMinutes,
    now: around.now,
    bookings: around.bookings,
    busy: around.busy ?? [],
    holds: around.holds,
    excludeBookingId: around.movingMeetingId,
  };
}

export type SlotVerdict =
  | { offered: true; session: string | null }
  /** `taken`: others were first; `outside`: the rules never allow it. */
  | { offered: false; because: "taken" | "outside"; reasons: Reason[] };

/** The rules a visitor can't wait out: no one else's booking is the cause. */
const outsideCodes = new Set<Reason["code"]>([
  "unknown_duration",
  "outside_hours",
  "off_grid",
  "too_soon",
  "before_window",
  "beyond_window",
]);

/** Asks the one engine whether a slot is offered now. `session` names the meeting it would join (seats). */
export async function judgeSlot(
  client: PrismaClient | Tx | Run,
  offer: Offer,
  slot: Interval,
  options: Omit<Surroundings, "bookings">,
): Promise<SlotVerdict> {
  const bookings = await listOwnBookings(client, offer, slot);
  return judgeAmong(offer, slot, { ...options, bookings });
}

/** As `judgeSlot`, among bookings already read. */
export function judgeAmong(offer: Offer, slot: Interval, around: Surroundings): SlotVerdict {
  const durationMinutes = (slot.end - slot.start) / 60_000;
  const verdict = isOffered(availabilityOf(offer, durationMinutes, around), slot.start);
  if (!verdict.offered) {
    const outside = verdict.reasons.some((reason) => outsideCodes.has(reason.code));
    return { offered: false, because: outside ? "outside" : "taken", reasons: verdict.reasons };
  }
  const joined = around.bookings.find(
    (own) =>
      own.sameEventType &&
      own.start === slot.start &&
      own.end === slot.end &&
      own.id !== around.movingMeetingId,
  );
  return { offered: true, session: joined?.id ?? null };
}

const dayMs = 24 * 3600 * 1000;

/** Up to `count` offered slots, those nearest to the requested one first in time order. */
export async function listAlternatives(
  offer: Offer,
  requested: Interval,
  options: { now: number; busy?: Interval[]; count?: number; movingMeetingId?: string | undefined },
): Promise<Interval[]> {
  const { count = 6, now } = options;
  const durationMinutes = (requested.end - requested.start) / 60_000;
  for (const days of [2, 14]) {
    const range = { start: requested.start - days * dayMs, end: requested.end + days * dayMs };
    const { coverage, ...taken } = await readSurroundings(offer, range, { now });
    const known = knownPart({ start: range.start, end: requested.start + days * dayMs + 1 }, coverage);
    if (!known) return [];
    const busy = [...taken.busy, ...(options.busy ?? [])];
    const question = availabilityOf(offer, durationMinutes, { ...options, now, ...taken, busy });
    const slots = listSlots({ ...question, from: known.start, to: known.end });
    const distance = (slot: Interval) => Math.abs(slot.start - requested.start);
    const nearest = slots
      .filter((slot) => slot.start !== requested.start)
      .sort((a, b) => distance(a) - distance(b))
      .slice(0, count);
    if (nearest.length > 0) return nearest.sort((a, b) => a.start - b.start);
  }
  return [];
}
