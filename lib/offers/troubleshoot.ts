/** Why a time is offered or not, from the very engine that lists slots and judges bookings. */

import { inHandsOf } from "@/lib/auth/booking-access";
import type { OwnerScope } from "@/lib/auth/owner-scope";
import { db } from "@/lib/database/client";
import type { Offer } from "@/lib/offers/offer";
import { readOfferRooms, withFreeRooms } from "@/lib/offers/rooms";
import { questionAbout } from "@/lib/offers/slots";
import { knownUntilOf, readSurroundings, type Taken } from "@/lib/offers/surroundings";
import { isOffered } from "@/lib/slot-engine/explain";
import { explainStretch, type StretchExplanation } from "@/lib/slot-engine/explain-stretch";
import { judgeHosts } from "@/lib/slot-engine/hosts";
import { overlaps } from "@/lib/slot-engine/intervals";
import type { Availability, Interval, Reason, Verdict } from "@/lib/slot-engine/rules";
import { dateRangeToInstants } from "@/lib/slot-engine/zone";

/**
 * The engine's reasons, the one that comes before them: no one knows what the calendar has there, and the one that comes after: there is no
 * room that the event type needs, as far as its calendar is known.
 */
export type UnofferedReason =
  | Reason
  | { code: "calendar_unread"; start: number; end: number }
  /** `end` null: until someone turns them off. */
  | { code: "automatic_replies"; start: number; end: number | null }
  | { code: "no_room" };

export interface ExplainedStart extends Interval {
  /** None: it is offered. */
  reasons: UnofferedReason[];
}

export interface ExplainedTime extends Omit<StretchExplanation, "slots"> {
  slots: ExplainedStart[];
  /** Time of which the calendar has not been read; null: there is none. */
  unread: Interval | null;
  /** Time that automatic replies close; null: none. */
  replies: Interval | null;
}

/** Explains one start (epoch milliseconds) as any visitor finds it at `now`. */
export async function explainStart(
  offer: Offer,
  start: number,
  durationMinutes: number,
  now = Date.now(),
): Promise<ExplainedStart> {
  const slot = { start, end: start + durationMinutes * 60_000 };
  const { unread, replies, question, taken } = await askFirstHost(offer, slot, durationMinutes, now);
  const verdict = isOffered(question, start);
  const lacksRoom = await readLackOfRooms(offer, slot, now);
  return { ...slot, reasons: [...reasonsOf(verdict, unread, replies), ...lacksRoom(slot, taken)] };
}

export interface HostExplained {
  userId: string;
  /** They could take part. */
  offered: boolean;
  reasons: UnofferedReason[];
}

export interface JointExplained extends ExplainedStart {
  offered: boolean;
  hosts: HostExplained[];
}

/** Explains one start (epoch milliseconds) as any visitor finds it at `now`, and what keeps each of the hosts. */
export async function explainHosts(
  offer: Offer,
  start: number,
  durationMinutes: number,
  now = Date.now(),
): Promise<JointExplained> {
  const slot = { start, end: start + durationMinutes * 60_000 };
  const around = await readSurroundings(offer, slot, { now });
  const unread = new Map<string, Interval>();
  const taken = new Map<string, Taken>();
  for (const [id, { coverage, busy, ...rest }] of around) {
    const knownUntil = Math.max(start, knownUntilOf(coverage));
    const gap = knownUntil < slot.end ? { start: knownUntil, end: slot.end } : null;
    if (gap) unread.set(id, gap);
    taken.set(id, { ...rest, busy: gap ? [...busy, gap] : busy });
  }
  const verdict = judgeHosts(questionAbout(offer, durationMinutes, { now, taken }), start);
  const hosts = verdict.hosts.map(({ id, reasons }) => ({
    userId: id,
    offered: reasons.length === 0,
    reasons: reasonsOf({ offered: false, reasons }, unread.get(id) ?? null, around.get(id)?.replies),
  }));
  const lack = (await readLackOfRooms(offer, slot, now))(slot, taken);
  const reasons = [...(verdict.offered ? [] : hosts.flatMap((host) => host.reasons)), ...lack];
  return { ...slot, offered: verdict.offered && lack.length === 0, reasons, hosts };
}

/** Explains every start in a stretch of time (epoch milliseconds), and what shapes it. */
export async function explainTime(
  offer: Offer,
  stretch: Interval,
  durationMinutes: number,
  now = Date.now(),
): Promise<ExplainedTime> {
  const asked = { start: stretch.start, end: stretch.end + durationMinutes * 60_000 };
  const { unread, replies, question, taken } = await askFirstHost(offer, asked, durationMinutes, now);
  const lacksRoom = await readLackOfRooms(offer, asked, now);
  const { blocks, slots, ...explained } = explainStretch(question, stretch);
  return {
    ...explained,
    unread,
    replies,
    blocks: blocks.filter(
      (block) => block.cause !== "busy" || !(isSame(block, unread) || isSame(block, replies)),
    ),
    slots: slots.map(({ verdict, ...slot }) => ({
      ...slot,
      reasons: [...reasonsOf(verdict, unread, replies), ...lacksRoom(slot, taken)],
    })),
  };
}

/** Says of each slot in a stretch of time whether it lacks rooms, as it does for visitors. */
async function readLackOfRooms(offer: Offer, stretch: Interval, now: number) {
  const rooms = await readOfferRooms(offer, stretch, now);
  return (slot: Interval, taken: ReadonlyMap<string, Taken>): { code: "no_room" }[] =>
    withFreeRooms(offer, [slot], { rooms, taken }).length > 0 ? [] : [{ code: "no_room" }];
}

/** The holidays of the host's schedule that lie in a stretch of time and are closed. A date with hours of its own is none. */
export function holidaysIn({ hosts: [{ schedule }] }: Offer, stretch: Interval): Interval[] {
  const own = new Set(schedule.overrides.map(({ date }) => date));
  return (schedule.closedDates ?? [])
    .filter((date) => !own.has(date))
    .map((date) => dateRangeToInstants(date, date, schedule.timeZone))
    .filter((day) => overlaps(day, stretch));
}

/**
 * The question to the one host of an organizer's own event type. Time of which no calendar says that it is free counts as busy, as it does
 * for visitors.
 */
async function askFirstHost(
  offer: Offer,
  stretch: Interval,
  durationMinutes: number,
  now: number,
): Promise<{
  question: Availability;
  unread: Interval | null;
  replies: NonNullable<Taken["replies"]> | null;
  taken: ReadonlyMap<string, Taken>;
}> {
  const [{ id, schedule }] = offer.hosts;
  const around = (await readSurroundings(offer, stretch, { now })).get(id);
  if (!around) throw new Error("The host is gone.");
  const { coverage, busy, replies = null, ...taken } = around;
  const knownUntil = Math.max(stretch.start, knownUntilOf(coverage));
  const unread = knownUntil < stretch.end ? { start: knownUntil, end: stretch.end } : null;
  const event = offer.eventType;
  const known = { schedule, event, durationMinutes, now, ...taken };
  const question = { ...known, busy: unread ? [...busy, unread] : busy };
  return { question, unread, replies, taken: new Map([[id, { ...taken, busy }]]) };
}

function reasonsOf(verdict: Verdict, unread: Interval | null, replies: Taken["replies"]): UnofferedReason[] {
  if (verdict.offered) return [];
  return verdict.reasons.map((reason) => {
    if (reason.code !== "busy") return reason;
    if (isSame(reason, unread)) return { ...reason, code: "calendar_unread" };
    if (!replies || !isSame(reason, replies)) return reason;
    return { code: "automatic_replies", start: reason.start, end: replies.isOpenEnded ? null : reason.end };
  });
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

/** The first booking of each of the meetings that someone may see, by the meeting's id: the engine knows bookings by their meeting. */
export async function nameBookings(
  scope: OwnerScope,
  meetingIds: readonly string[],
): Promise<Map<string, NamedBooking>> {
  if (meetingIds.length === 0) return new Map();
  const rows = await db().booking.findMany({
    where: {
      ...inHandsOf(scope),
      meetingId: { in: [...meetingIds] },
      status: { in: ["pending", "confirmed"] },
    },
    orderBy: { id: "desc" },
    select: { id: true, meetingId: true, title: true, visitorName: true },
  });
  return new Map(rows.map(({ meetingId, ...booking }) => [meetingId, booking]));
}
