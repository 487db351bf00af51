/** Why a time is offered or not, from the very engine that lists slots and judges bookings. */
import { getOfferById, type Offer } from "@/lib/availability/offer";
import { availabilityOf } from "@/lib/availability/slots";
import { knownPart, readSurroundings } from "@/lib/availability/surroundings";
import { db } from "@/lib/database/client";
import { run } from "@/lib/database/direct";
import { isId } from "@/lib/input/id";
import { isOffered } from "@/lib/scheduling/explain";
import { explainStretch, type StretchExplanation } from "@/lib/scheduling/explain-day";
import type { Interval, Reason } from "@/lib/scheduling/rules";

/** One of the organizer's own event types as it is offered; null also for an id that is none. */
export async function getOwnOffer(userId: string, eventTypeId: string): Promise<Offer | null> {
  if (!isId(eventTypeId)) return null;
  const offer = await getOfferById(run, eventTypeId);
  return offer?.organizer.id === userId ? offer : null;
}

export interface ExplainedStart extends Interval {
  /** None: it is offered. */
  reasons: Reason[];
}

/** Explains one start (epoch milliseconds) as any visitor finds it at `now`. */
export async function explainStart(
  offer: Offer,
  start: number,
  durationMinutes: number,
  now = Date.now(),
): Promise<ExplainedStart> {
  const slot = { start, end: start + durationMinutes * 60_000 };
  const taken = await takenTime(offer, slot, now);
  const verdict = isOffered(availabilityOf(offer, durationMinutes, { now, ...taken }), start);
  return { ...slot, reasons: verdict.offered ? [] : verdict.reasons };
}

/** Explains every start in a stretch of time (epoch milliseconds), and what shapes it. */
export async function explainTime(
  offer: Offer,
  stretch: Interval,
  durationMinutes: number,
  now = Date.now(),
): Promise<StretchExplanation> {
  const asked = { start: stretch.start, end: stretch.end + durationMinutes * 60_000 };
  const taken = await takenTime(offer, asked, now);
  return explainStretch(availabilityOf(offer, durationMinutes, { now, ...taken }), stretch);
}

/** What is taken in a stretch of time. What no calendar says to be free counts as busy, as it does for visitors. */
async function takenTime(offer: Offer, stretch: Interval, now: number) {
  const { standing, ...taken } = await readSurroundings(offer, stretch, { now });
  const known = knownPart(stretch, standing);
  const unknown = { start: Math.max(stretch.start, known?.end ?? stretch.start), end: stretch.end };
  return unknown.start < unknown.end ? { ...taken, busy: [...taken.busy, unknown] } : taken;
}

/** The meetings that reasons speak of. */
export function meetingsIn(reasons: readonly Reason[]): string[] {
  return reasons.flatMap((reason) => ("bookingId" in reason && reason.bookingId ? [reason.bookingId] : []));
}

export interface NamedBooking {
  id: string;
  title: string;
  visitorName: string;
}

/** The first booking of each of the organizer's meetings, by the meeting's id: the engine knows bookings by their meeting. */
export async function nameBookings(
  userId: string,
  meetingIds: readonly string[],
): Promise<Map<string, NamedBooking>> {
  if (meetingIds.length === 0) return new Map();
  const rows = await db().booking.findMany({
    where: { userId, meetingId: { in: [...meetingIds] }, status: { in: ["pending", "confirmed"] } },
    orderBy: { id: "desc" },
    select: { id: true, meetingId: true, title: true, visitorName: true },
  });
  return new Map(rows.map(({ meetingId, ...booking }) => [meetingId, booking]));
}
