import type { CalendarCoverage } from "@/lib/calendars/busy";
import type { Tx } from "@/lib/database/client";
import type { Run } from "@/lib/database/direct";
import type { PrismaClient } from "@/lib/database/generated/client";
import type { Offer, OfferHost } from "@/lib/offers/offer";
import { listOwnBookings, type OwnBookings } from "@/lib/offers/own-bookings";
import { readOfferRooms, withFreeRooms } from "@/lib/offers/rooms";
import {
  asOfOf,
  isClosed,
  isOut,
  knownUntilOf,
  readSurroundings,
  type Taken,
} from "@/lib/offers/surroundings";
import { chooseRooms, type RoomTime } from "@/lib/rooms/choose";
import { adjacentStarts } from "@/lib/slot-engine/adjacent";
import { judgeHosts, listHostSlots } from "@/lib/slot-engine/hosts";
import type { HostsQuery, HostsVerdict, Interval, Presence, Reason } from "@/lib/slot-engine/rules";
import { type Standing, standingsOf, type Turn, type TurnHost, takeTurns } from "@/lib/slot-engine/turns";
import { dateRangeToInstants } from "@/lib/slot-engine/zone";

export interface Slots {
  slots: Interval[];
  /** The starts among them that the organizer likes best, epoch milliseconds. */
  preferred: ReadonlySet<number>;
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
  /** The meeting being moved, which blocks no slot. */
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
  const [around, rooms] = await Promise.all([
    readSurroundings(offer, asked, { now, holderHash }),
    readOfferRooms(offer, asked, now),
  ]);
  const asOf = asOfOf(around);
  const calendarAsOf = asOf === null ? null : new Date(asOf);
  if (isClosed(offer, around)) return { slots: [], preferred: new Set(), calendarAsOf, isClosed: true };
  const question = questionAbout(offer, durationMinutes, { now, movingMeetingId, taken: around });
  const slots = listHostSlots({ ...question, from: instants.start, to: instants.end });
  const offered = withFreeRooms(offer, slots, { rooms, taken: around, movingMeetingId });
  const preferred = offer.eventType.preferAdjacentTimes
    ? adjacentStarts(offered, question)
    : new Set<number>();
  return { slots: offered, preferred, calendarAsOf, isClosed: false };
}

/** What an offer is asked about besides its own rules. */
export interface Surroundings {
  now: number;
  /** What the notice is counted from; left out: now. */
  noticeFrom?: number | undefined;
  /** By the host's id, for each host; with the coverage of their calendars where it matters how far that reaches. */
  taken: ReadonlyMap<string, Taken & { coverage?: CalendarCoverage }>;
  /** The meeting that is being moved. */
  movingMeetingId?: string | undefined;
  /** Where those who take turns stand; left out: they are taken in their order. */
  standings?: readonly Standing[] | null | undefined;
  /** The rooms it may take; null or left out: none is looked for. */
  rooms?: readonly RoomTime[] | null | undefined;
}

/** The question about an offer as the engine takes it. */
export function questionAbout(
  { eventType, hosts, rotatingHosts }: Offer,
  durationMinutes: number,
  { now, noticeFrom, taken, movingMeetingId }: Surroundings,
): Omit<HostsQuery, "from" | "to"> {
  return {
    event: eventType,
    durationMinutes,
    now,
    noticeFrom,
    excludeBookingId: movingMeetingId,
    rotatingHosts,
    hosts: hosts.map(({ id, kind, schedule }) => {
      const { bookings, busy, holds, presence, coverage } = taken.get(id) ?? allTaken;
      const knownUntil = coverage && knownUntilOf(coverage);
      return { id, kind, schedule, bookings, busy, holds, presence, knownUntil };
    }),
  };
}

/** Of a host of whom nothing was read: they have joined, or left, meanwhile. */
const allTaken: Taken & { coverage?: CalendarCoverage } = {
  bookings: [],
  busy: [{ start: -Infinity, end: Infinity }],
};

export type SlotVerdict =
  /** With who takes part, the one whose calendar is written to first. `session` names the meeting it would join (seats). */
  | {
      offered: true;
      session: string | null;
      hosts: readonly [OfferHost, ...OfferHost[]];
      /** Why those who take turns were taken. */
      turns: readonly Turn[];
      /** The rooms it takes, by their ids; null: it needs none, or joins a session that has them. */
      rooms: readonly string[] | null;
    }
  /** `taken`: others were first; `outside`: the rules never allow it. */
  | { offered: false; because: "taken" | "outside"; reasons: Reason[] };

/** The rules a visitor can't wait out: no one else's booking is the cause. */
const outsideCodes = new Set<Reason["code"]>([
  "unknown_duration",
  "outside_hours",
  "off_grid",
  "too_soon",
  "not_available_now",
  "before_window",
  "beyond_window",
]);

/** Asks the one engine whether a slot is offered now. */
export async function judgeSlot(
  client: PrismaClient | Tx | Run,
  offer: Offer,
  slot: Interval,
  {
    live,
    presences,
    ...options
  }: Omit<Surroundings, "taken"> & { live: LiveBusy; presences: ReadonlyMap<string, Presence> },
): Promise<SlotVerdict> {
  const bookings = await listOwnBookings(client, offer, slot);
  return judgeAmong(offer, slot, { ...options, taken: takenBy(offer, bookings, live, presences) });
}

/** What the calendars of hosts say that were just asked, by the host's id; null: one could not be read. */
export type LiveBusy = ReadonlyMap<string, Interval[] | null>;

/**
 * What is taken by own bookings and by what calendars say, as far as these have been asked, and who is available by their id. A calendar that
 * can't be read has no free time.
 */
export function takenBy(
  offer: Offer,
  bookings: OwnBookings,
  live: LiveBusy,
  presences: ReadonlyMap<string, Presence> = new Map(),
): Surroundings["taken"] {
  const taken = offer.hosts.flatMap((host): [string, Taken][] => {
    const own = bookings.get(host.id);
    const busy = live.get(host.id);
    if (!own || busy === null || isOut(offer, host)) return [];
    return [[host.id, { bookings: own, busy: busy ?? [], presence: presences.get(host.id) }]];
  });
  return new Map(taken);
}

/** As `judgeSlot`, among what is already read. */
export function judgeAmong(offer: Offer, slot: Interval, around: Surroundings): SlotVerdict {
  const durationMinutes = (slot.end - slot.start) / 60_000;
  const verdict = judgeHosts(questionAbout(offer, durationMinutes, around), slot.start);
  if (!verdict.offered) return refusalOf(offer, verdict);
  const reasons = new Map(verdict.hosts.map((host) => [host.id, host.reasons]));
  const free = offer.hosts.filter(({ id }) => reasons.get(id)?.length === 0);
  const session = sessionAmong(free, slot, around);
  const isInSession = (id: string) =>
    session === null || around.taken.get(id)?.bookings.some((own) => own.id === session) === true;
  const rotating = offer.hosts.filter(({ kind }) => kind === "rotating");
  const standings = around.standings ?? standingsOf(rotating.map(unmeasured), []);
  const isFree = (id: string) => free.some((host) => host.id === id) && isInSession(id);
  const turns = takeTurns(standings, isFree, offer.rotatingHosts);
  const taken = turns.flatMap(({ id }) => rotating.find((host) => host.id === id) ?? []);
  const [lead, ...others] = [...free.filter(({ kind }) => kind === "fixed"), ...taken];
  if (!lead) throw new Error("A slot is offered that no one would take.");
  const { rooms: need } = offer.eventType;
  const rooms =
    need && around.rooms && session === null
      ? chooseRooms(need, around.rooms, slot, around.movingMeetingId)
      : undefined;
  if (rooms === null) return { offered: false, because: "taken", reasons: [] };
  return { offered: true, session, hosts: [lead, ...others], turns, rooms: rooms ?? null };
}

/** Of someone who takes turns, nothing but their place in the order. */
const unmeasured = ({ id }: OfferHost): TurnHost => {
  return { id, priority: 0, weight: 1, joinedAt: null, lastTakenAt: null };
};

/** The meeting at that very time that has seats left: whoever comes next joins it, with the hosts it has. */
function sessionAmong(
  free: readonly OfferHost[],
  slot: Interval,
  { taken, movingMeetingId }: Surroundings,
): string | null {
  for (const { id } of free) {
    const joined = (taken.get(id)?.bookings ?? []).find((own) => {
      const isThen = own.start === slot.start && own.end === slot.end;
      return own.sameEventType && isThen && own.id !== movingMeetingId;
    });
    if (joined) return joined.id;
  }
  return null;
}

/** Others were first if there would be enough hosts without their bookings. */
function refusalOf({ hosts, rotatingHosts }: Offer, verdict: HostsVerdict): SlotVerdict {
  const isBarred = (reasons: readonly Reason[]) => reasons.some(({ code }) => outsideCodes.has(code));
  const barred = new Set(verdict.hosts.flatMap(({ id, reasons }) => (isBarred(reasons) ? id : [])));
  const couldCome = hosts.filter(({ id }) => !barred.has(id));
  const count = (among: readonly OfferHost[], kind: OfferHost["kind"]) =>
    among.filter((host) => host.kind === kind).length;
  const areEnough =
    count(couldCome, "fixed") === count(hosts, "fixed") && count(couldCome, "rotating") >= rotatingHosts;
  const reasons = verdict.hosts.flatMap((host) => host.reasons);
  return { offered: false, because: areEnough ? "taken" : "outside", reasons };
}

const dayMs = 24 * 3600 * 1000;

/** Of a calendar that could not be read, all its time. */
function busyOf(live: LiveBusy | undefined, id: string): Interval[] {
  const busy = live?.get(id);
  return busy === null ? allTaken.busy : (busy ?? []);
}

/** Up to `count` offered slots, those nearest to the requested one first in time order. */
export async function listAlternatives(
  offer: Offer,
  requested: Interval,
  options: { now: number; live?: LiveBusy; count?: number; movingMeetingId?: string | undefined },
): Promise<Interval[]> {
  const { count = 6, now, live, movingMeetingId } = options;
  const durationMinutes = (requested.end - requested.start) / 60_000;
  for (const days of [2, 14]) {
    const range = { start: requested.start - days * dayMs, end: requested.end + days * dayMs };
    const [around, rooms] = await Promise.all([
      readSurroundings(offer, range, { now }),
      readOfferRooms(offer, range, now),
    ]);
    if (isClosed(offer, around)) return [];
    const taken = new Map(
      [...around].map(([id, of]) => [id, { ...of, busy: [...of.busy, ...busyOf(live, id)] }]),
    );
    const question = questionAbout(offer, durationMinutes, { now, movingMeetingId, taken });
    const ofHosts = listHostSlots({
      ...question,
      from: range.start,
      to: requested.start + days * dayMs + 1,
    });
    const slots = withFreeRooms(offer, ofHosts, { rooms, taken, movingMeetingId });
    const distance = (slot: Interval) => Math.abs(slot.start - requested.start);
    const nearest = slots
      .filter((slot) => slot.start !== requested.start)
      .sort((a, b) => distance(a) - distance(b))
      .slice(0, count);
    if (nearest.length > 0) return nearest.sort((a, b) => a.start - b.start);
  }
  return [];
}
