import { type CalendarUnavailable, checkCalendar } from "@/lib/booking/calendar-check";
import { run } from "@/lib/database/direct";
import type { Offer } from "@/lib/offers/offer";
import { listOwnBookings } from "@/lib/offers/own-bookings";
import { judgeAmong, judgeSlot, listAlternatives } from "@/lib/offers/slots";
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
  /** The meeting that is being moved, which is in no one's way. */
  movingMeetingId?: string;
}

/** The time a slot needs, its buffers included. */
function stretchOf({ offer, slot }: RequestedSlot): Interval {
  const { bufferBeforeMinutes, bufferAfterMinutes } = offer.eventType;
  return { start: slot.start - bufferBeforeMinutes * 60_000, end: slot.end + bufferAfterMinutes * 60_000 };
}

/**
 * Looks before the leap, outside any transaction: first our own rules and bookings, then the organizer's calendar, live.
 * Answers with the calendar's busy intervals, for the decision under the lock. Without a calendar there is nothing to wait for,
 * and that decision is all.
 */
export async function checkSlot(requested: RequestedSlot): Promise<Result<Interval[], SlotRefusal>> {
  const { offer, slot, now, movingMeetingId } = requested;
  if (offer.connectionState === null) return ok([]);
  const bookings = await listOwnBookings(run, offer, slot);
  const first = judgeAmong(offer, slot, { now, bookings, movingMeetingId });
  if (!first.offered) return refuse(requested, first, []);
  const { organizer, schedule } = offer;
  const calendar = await checkCalendar(organizer.id, stretchOf(requested), schedule.timeZone);
  if (!calendar.ok) {
    // Someone may have booked meanwhile: then that is the answer, whatever the calendar says.
    const meanwhile = await judgeSlot(run, offer, slot, { now, movingMeetingId });
    return meanwhile.offered ? calendar : refuse(requested, meanwhile, []);
  }
  const second = judgeAmong(offer, slot, { now, bookings, movingMeetingId, busy: calendar.value });
  return second.offered ? ok(calendar.value) : refuse(requested, second, calendar.value);
}

/** Turns the engine's "no" into what a visitor can use. */
export async function refuse(
  requested: RequestedSlot,
  verdict: { because: "taken" | "outside"; reasons: Reason[] },
  busy: Interval[],
): Promise<{ ok: false; error: SlotRefusal }> {
  const { offer, slot, now, movingMeetingId } = requested;
  const known = offer.eventType.durationsMinutes.includes((slot.end - slot.start) / 60_000);
  const alternatives = known ? await listAlternatives(offer, slot, { now, busy, movingMeetingId }) : [];
  return verdict.because === "taken"
    ? err("slot_taken", { alternatives })
    : err("outside_availability", { alternatives, reasons: verdict.reasons });
}
