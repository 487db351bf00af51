/** Why a time is offered or not, from the very engine that lists slots and judges bookings. */

import type { OwnerScope } from "@/lib/auth/owner-scope";
import { db } from "@/lib/database/client";
import type { Offer } from "@/lib/offers/offer";
import { availabilityOf } from "@/lib/offers/slots";
import { knownPart, readSurroundings } from "@/lib/offers/surroundings";
import { isOffered } from "@/lib/slot-engine/explain";
import { explainStretch, type StretchExplanation } from "@/lib/slot-engine/explain-stretch";
import { overlaps } from "@/lib/slot-engine/intervals";
import type { Interval, Reason, Verdict } from "@/lib/slot-engine/rules";
import { dateRangeToInstants } from "@/lib/slot-engine/zone";

/** The engine's reasons, and the one that stands before it: no one knows what the calendar has there. */
export type UnofferedReason = Reason | { code: "calendar_unread"; start: number; end: number };

export interface ExplainedStart extends Interval {
  /** None: it is offered. */
  reasons: UnofferedReason[];
}

export interface ExplainedTime extends Omit<StretchExplanation, "slots"> {
  slots: ExplainedStart[];
  /** Time of which the calendar has not been read; null: there is none. */
  unread: Interval | null;
}

/** Explains one start (epoch milliseconds) as any visitor finds it at `now`. */
export async function explainStart(
  offer: Offer,
  start: number,
  durationMinutes: number,
  now = Date.now(),
): Promise<ExplainedStart> {
  const slot = { start, end: start + durationMinutes * 60_000 };
  const { unread, ...taken } = await takenTime(offer, slot, now);
  const verdict = isOffered(availabilityOf(offer, durationMinutes, { now, ...taken }), start);
  return { ...slot, reasons: reasonsOf(verdict, unread) };
}

/** Explains every start in a stretch of time (epoch milliseconds), and what shapes it. */
export async function explainTime(
  offer: Offer,
  stretch: Interval,
  durationMinutes: number,
  now = Date.now(),
): Promise<ExplainedTime> {
  const asked = { start: stretch.start, end: stretch.end + durationMinutes * 60_000 };
  const { unread, ...taken } = await takenTime(offer, asked, now);
  const question = availabilityOf(offer, durationMinutes, { now, ...taken });
  const { blocks, slots, ...explained } = explainStretch(question, stretch);
  return {
    ...explained,
    unread,
    blocks: blocks.filter((block) => block.cause !== "busy" || !isSame(block, unread)),
    slots: slots.map(({ verdict, ...slot }) => ({ ...slot, reasons: reasonsOf(verdict, unread) })),
  };
}

/** The holidays of a schedule that lie in a stretch of time and are closed. A date with hours of its own is none. */
export function holidaysIn({ schedule }: Offer, stretch: Interval): Interval[] {
  const own = new Set(schedule.overrides.map(({ date }) => date));
  return (schedule.closedDates ?? [])
    .filter((date) => !own.has(date))
    .map((date) => dateRangeToInstants(date, date, schedule.timeZone))
    .filter((day) => overlaps(day, stretch));
}

/** What is taken in a stretch of time. What no calendar says to be free counts as busy, as it does for visitors. */
async function takenTime(offer: Offer, stretch: Interval, now: number) {
  const { coverage, ...taken } = await readSurroundings(offer, stretch, { now });
  const known = knownPart(stretch, coverage);
  const unknown = { start: Math.max(stretch.start, known?.end ?? stretch.start), end: stretch.end };
  const unread = unknown.start < unknown.end ? unknown : null;
  return { ...taken, busy: unread ? [...taken.busy, unread] : taken.busy, unread };
}

function reasonsOf(verdict: Verdict, unread: Interval | null): UnofferedReason[] {
  if (verdict.offered) return [];
  return verdict.reasons.map((reason) =>
    reason.code === "busy" && isSame(reason, unread) ? { ...reason, code: "calendar_unread" } : reason,
  );
}

const isSame = (one: Interval, other: Interval | null) => one.start === other?.start && one.end === other.end;

/** The meetings that reasons speak of. */
export function meetingsIn(reasons: readonly UnofferedReason[]): string[] {
  return reasons.flatMap((reason) => ("bookingId" in reason && reason.bookingId ? [reason.bookingId] : []));
}

export interface NamedBooking {
  id: string;
  title: string;
  visitorName: string;
}

/** The first booking of each of the organizer's meetings, by the meeting's id: the engine knows bookings by their meeting. */
export async function nameBookings(
  scope: OwnerScope,
  meetingIds: readonly string[],
): Promise<Map<string, NamedBooking>> {
  if (meetingIds.length === 0) return new Map();
  const rows = await db().booking.findMany({
    where: {
      ownerId: scope.ownerId,
      meetingId: { in: [...meetingIds] },
      status: { in: ["pending", "confirmed"] },
    },
    orderBy: { id: "desc" },
    select: { id: true, meetingId: true, title: true, visitorName: true },
  });
  return new Map(rows.map(({ meetingId, ...booking }) => [meetingId, booking]));
}
