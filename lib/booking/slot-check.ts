import { type CalendarUnavailable, checkCalendar } from "@/lib/booking/calendar-check";
import { run } from "@/lib/database/direct";
import type { Offer, OfferHost } from "@/lib/offers/offer";
import { listOwnBookings } from "@/lib/offers/own-bookings";
import { judgeAmong, judgeSlot, type LiveBusy, listAlternatives, takenBy } from "@/lib/offers/slots";
import { err, ok, type Result } from "@/lib/result";
import type { Interval, Reason } from "@/lib/slot-engine/rules";

/** Why a slot can't be had. Instants are epoch milliseconds. */
export type SlotRefusal =
  | { code: "slot_taken"; alternatives: Interval[] }
  | { code: "outside_availability"; reasons: Reason[]; alternatives: Interval[] }
  | CalendarUnavailable;

export interface RequestedSlot {
  offer: Offer;
  slot: Interval;
  now: number;
  /** The meeting being moved, which blocks no slot. */
  movingMeetingId?: string;
}

/** The time a slot needs, its buffers included. */
function stretchOf({ offer, slot }: RequestedSlot): Interval {
  const { bufferBeforeMinutes, bufferAfterMinutes } = offer.eventType;
  return { start: slot.start - bufferBeforeMinutes * 60_000, end: slot.end + bufferAfterMinutes * 60_000 };
}

/** Whether a calendar has to be asked before anyone can say that a time is free. */
export function hasCalendar({ hosts }: Offer): boolean {
  return hosts.some(({ connectionState }) => connectionState !== null);
}

/**
 * Looks before the leap, outside any transaction: first our own rules and bookings, then the calendars of those who would take part, live.
 * Answers with what these say, for the decision under the lock. Without a calendar there is nothing to wait for,
 * and that decision is all.
 */
export async function checkSlot(requested: RequestedSlot): Promise<Result<LiveBusy, SlotRefusal>> {
  const { offer, slot, now, movingMeetingId } = requested;
  const none: LiveBusy = new Map();
  if (!hasCalendar(offer)) return ok(none);
  const bookings = await listOwnBookings(run, offer, slot);
  const first = judgeAmong(offer, slot, { now, movingMeetingId, taken: takenBy(offer, bookings, null) });
  if (!first.offered) return refuse(requested, first, none);
  const calendars = await checkCalendars(first.hosts, stretchOf(requested));
  if (!calendars.ok) {
    // Someone may have booked meanwhile: then that is the answer, whatever the calendar says.
    const meanwhile = await judgeSlot(run, offer, slot, { now, movingMeetingId, live: null });
    return meanwhile.offered ? calendars : refuse(requested, meanwhile, none);
  }
  const live = calendars.value;
  const second = judgeAmong(offer, slot, { now, movingMeetingId, taken: takenBy(offer, bookings, live) });
  return second.offered ? ok(live) : refuse(requested, second, live);
}

/** Asks the calendars of some hosts at the same time; one that does not answer is the answer. */
async function checkCalendars(
  hosts: readonly OfferHost[],
  stretch: Interval,
): Promise<Result<LiveBusy, CalendarUnavailable>> {
  const connected = hosts.filter(({ connectionState }) => connectionState !== null);
  const answers = await Promise.all(
    connected.map(async ({ id, schedule }) => {
      return { id, calendar: await checkCalendar(id, stretch, schedule.timeZone) };
    }),
  );
  const live = new Map<string, Interval[]>();
  for (const { id, calendar } of answers) {
    if (!calendar.ok) return calendar;
    live.set(id, calendar.value);
  }
  return ok(live);
}

/** Turns the engine's "no" into what a visitor can use. */
export async function refuse(
  requested: RequestedSlot,
  verdict: { because: "taken" | "outside"; reasons: Reason[] },
  live: LiveBusy,
): Promise<{ ok: false; error: SlotRefusal }> {
  const { offer, slot, now, movingMeetingId } = requested;
  const known = offer.eventType.durationsMinutes.includes((slot.end - slot.start) / 60_000);
  const alternatives = known ? await listAlternatives(offer, slot, { now, live, movingMeetingId }) : [];
  return verdict.because === "taken"
    ? err("slot_taken", { alternatives })
    : err("outside_availability", { alternatives, reasons: verdict.reasons });
}
