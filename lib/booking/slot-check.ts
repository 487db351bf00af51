import { type CalendarUnavailable, checkCalendar } from "@/lib/booking/calendar-check";
import { holdMinutes } from "@/lib/booking/holds";
import { checkRooms } from "@/lib/booking/room-check";
import type { Offer, OfferHost } from "@/lib/offers/offer";
import type { OwnBookings } from "@/lib/offers/own-bookings";
import { dependsOnPresence, readPresences } from "@/lib/offers/presence";
import type { OfferRoom } from "@/lib/offers/rooms";
import {
  judgeAmong,
  type LiveBusy,
  listAlternatives,
  type SlotVerdict,
  type Surroundings,
  takenBy,
} from "@/lib/offers/slots";
import { err, type Result } from "@/lib/result";
import { withLive } from "@/lib/rooms/room-times";
import type { Interval, Presence, Reason } from "@/lib/slot-engine/rules";
import type { Standing } from "@/lib/slot-engine/turns";

/** Why a slot can't be had. Instants are epoch milliseconds. */
export type SlotRefusal =
  | { code: "slot_taken"; alternatives: Interval[] }
  | { code: "outside_availability"; reasons: Reason[]; alternatives: Interval[] }
  | CalendarUnavailable;

export interface RequestedSlot {
  offer: Offer;
  slot: Interval;
  now: number;
  /** What the notice is counted from (`startOfNotice`); left out: now. */
  noticeFrom?: number;
  /** The meeting being moved, which blocks no slot. */
  movingMeetingId?: string;
}

/**
 * What the notice is counted from where a form asks that was open for `formAgeMs` (null or left out: unknown), epoch milliseconds: a time that
 * was offered when it was opened isn't too soon while its visitor types, for as long as it would be held for them.
 */
export function startOfNotice(formAgeMs: number | null | undefined, now: number): number {
  return now - Math.min(Math.max(0, formAgeMs ?? 0), holdMinutes * 60_000);
}

/** The time a slot needs, its buffers included. */
function stretchOf({ offer, slot }: RequestedSlot): Interval {
  const { bufferBeforeMinutes, bufferAfterMinutes } = offer.eventType;
  return { start: slot.start - bufferBeforeMinutes * 60_000, end: slot.end + bufferAfterMinutes * 60_000 };
}

/** What the hosts' calendars have said so far about one slot. */
export interface CalendarRound {
  live: LiveBusy;
  /** Once it has passed no other host is asked, epoch milliseconds; null: no one has been asked. */
  until: number | null;
  /** What the calendars of rooms said that were just asked, by the room's id; null: they have not been asked. */
  rooms: ReadonlyMap<string, Interval[] | null> | null;
  /** Who is available at this moment, by their id; null: no one has been asked. */
  presences: ReadonlyMap<string, Presence> | null;
  /** Why a host could not be asked who has to take part, or no room could; null: all could be. */
  unavailable: CalendarUnavailable | null;
}

export const noOneAsked: CalendarRound = {
  live: new Map(),
  until: null,
  rooms: null,
  presences: null,
  unavailable: null,
};

/** What there is to judge a slot by, the calendars aside. */
export interface KnownOfSlot {
  bookings: OwnBookings;
  standings: readonly Standing[] | null;
  /** The rooms it may take; null or left out: none is looked for. */
  rooms?: readonly OfferRoom[] | null;
}

export type Judged =
  | Extract<SlotVerdict, { offered: true }>
  | Extract<SlotVerdict, { offered: false }>
  /** The calendars of these hosts have to be asked first: it is they who would take part. */
  | { offered: "unknown"; ask: OfferHost[] };

/**
 * Judges a slot by what is known of it. A calendar that was not asked is in no one's way: whoever would take part by that is asked first,
 * and it is judged again.
 */
export function judgeKnown(
  requested: RequestedSlot,
  { bookings, standings, rooms: known = null }: KnownOfSlot,
  { live, until, rooms: liveRooms, presences: asked }: CalendarRound,
): Judged {
  const { offer, slot, now, noticeFrom, movingMeetingId } = requested;
  const rooms = known && (liveRooms ? withLive(known, liveRooms) : known.map(unasked));
  const needsPresence = asked === null && dependsOnPresence(offer, slot, now);
  const presences = asked ?? (needsPresence ? allAvailable(offer) : new Map());
  const judgeWith = (taken: Surroundings["taken"]) =>
    judgeAmong(offer, slot, { now, noticeFrom, movingMeetingId, standings, taken, rooms });
  const isUnasked = ({ id, connectionState }: OfferHost) => connectionState !== null && !live.has(id);
  const verdict = judgeWith(takenBy(offer, bookings, live, presences));
  const ask = verdict.offered ? verdict.hosts.filter(isUnasked) : [];
  const needsRooms = verdict.offered && verdict.rooms !== null && liveRooms === null;
  if (ask.length === 0 && !needsRooms && !(needsPresence && verdict.offered)) return verdict;
  if (until === null || Date.now() < until) return { offered: "unknown", ask };
  // Too late to ask anyone: those are taken who are known to be free.
  const closed = offer.hosts.filter(isUnasked).map(({ id }) => [id, null] as const);
  return judgeWith(takenBy(offer, bookings, new Map([...live, ...closed]), presences));
}

const allAvailable = ({ hosts }: Offer) => new Map(hosts.map(({ id }) => [id, "available"] as const));

/** A room whose calendar is in no one's way. */
const unasked = (room: OfferRoom): OfferRoom => ({ ...room, busy: [], knownUntil: Number.POSITIVE_INFINITY });

/** How long all calendars of a team's event type may take together while a visitor waits, and how long the first ones before others are asked too. */
const roundMs = 2_000;
const headStartMs = 900;

/**
 * Asks the calendars of some hosts at the same time, outside any transaction, and adds what they say. Someone alone, or who always takes
 * part, has to answer. One of those who take turns whose calendar is busy, silent or unreadable is passed over: the next one is asked in
 * the same two seconds.
 */
export async function askCalendars(
  requested: RequestedSlot,
  known: KnownOfSlot,
  round: CalendarRound,
  first: readonly OfferHost[],
): Promise<CalendarRound> {
  const presences = round.presences ?? (await askPresences(requested));
  const [asked, answer] = await Promise.all([
    askHosts(requested, known, { ...round, presences }, first),
    askRooms(requested, known, round),
  ]);
  if (!answer) return asked;
  return answer.ok ? { ...asked, rooms: answer.value } : { ...asked, unavailable: answer.error };
}

/** Who of the hosts is available, as the page that offered the slot has just seen it; no one, where it doesn't matter. */
async function askPresences({ offer, slot, now }: RequestedSlot): Promise<ReadonlyMap<string, Presence>> {
  const seen = await readPresences(offer, { start: slot.start, end: slot.start + 1 }, now);
  return new Map([...seen].map(([id, { presence }]) => [id, presence]));
}

/** Null: no room has to be asked, or all have been. */
async function askRooms(
  { offer, slot }: RequestedSlot,
  { rooms }: KnownOfSlot,
  round: CalendarRound,
): Promise<Result<ReadonlyMap<string, Interval[] | null>, CalendarUnavailable> | null> {
  if (!rooms || round.rooms) return null;
  return checkRooms(offer.hosts[0].id, rooms, slot);
}

async function askHosts(
  requested: RequestedSlot,
  known: KnownOfSlot,
  round: CalendarRound,
  first: readonly OfferHost[],
): Promise<CalendarRound> {
  if (requested.offer.eventType.teamId === null) return askAll(requested, round, first);
  const begun = Date.now();
  const until = round.until ?? begun + roundMs;
  const live = new Map(round.live);
  const open = new Map<string, Promise<void>>();
  let unavailable: CalendarUnavailable | null = null;
  const ask = (host: OfferHost, msLeft: number) => {
    const asked = checkOf(requested, host, { msLeft, isShared: true }).then((answer) => {
      live.set(host.id, answer.ok ? answer.value : null);
      if (!answer.ok && host.kind === "fixed") unavailable = answer.error;
      open.delete(host.id);
    });
    open.set(host.id, asked);
  };
  for (const host of first) ask(host, until - begun);
  // Those who have not answered within their head start: others are asked as if they were busy.
  const late = new Set<string>();
  let hedgeAt = begun + headStartMs;
  while (open.size > 0 && unavailable === null) {
    await Promise.race([...open.values(), sleep(Math.min(until, hedgeAt) - Date.now())]);
    const now = Date.now();
    if (now >= until) break;
    if (now >= hedgeAt) {
      for (const id of open.keys()) late.add(id);
      hedgeAt = now + headStartMs;
    }
    const silent = [...open.keys()].filter((id) => late.has(id)).map((id) => [id, null] as const);
    const judged = judgeKnown(requested, known, {
      live: new Map([...live, ...silent]),
      until,
      rooms: round.rooms ?? new Map(),
      presences: round.presences,
      unavailable: null,
    });
    if (judged.offered === true) break;
    if (!judged.offered) continue;
    for (const host of judged.ask) if (!open.has(host.id)) ask(host, until - now);
  }
  for (const id of open.keys()) {
    live.set(id, null);
    const isFixed = requested.offer.hosts.some((host) => host.id === id && host.kind === "fixed");
    if (isFixed) unavailable ??= { code: "calendar_unavailable" };
  }
  return { live, until, rooms: round.rooms, presences: round.presences, unavailable };
}

/** One organizer, whose calendar is waited for as long as it may take. */
async function askAll(
  requested: RequestedSlot,
  round: CalendarRound,
  hosts: readonly OfferHost[],
): Promise<CalendarRound> {
  const answers = await Promise.all(hosts.map((host) => checkOf(requested, host, {})));
  const live = new Map(round.live);
  let unavailable: CalendarUnavailable | null = null;
  for (const [index, { id }] of hosts.entries()) {
    const answer = answers[index];
    live.set(id, answer?.ok ? answer.value : null);
    if (answer && !answer.ok) unavailable ??= answer.error;
  }
  const { rooms, presences } = round;
  return { live, until: Number.POSITIVE_INFINITY, rooms, presences, unavailable };
}

function checkOf(
  requested: RequestedSlot,
  { id, schedule }: OfferHost,
  options: { msLeft?: number; isShared?: boolean },
): Promise<Result<Interval[], CalendarUnavailable>> {
  return checkCalendar(id, stretchOf(requested), schedule.timeZone, options);
}

const sleep = (ms: number) =>
  new Promise<void>((resolve) => {
    setTimeout(resolve, Math.max(0, ms)).unref();
  });

/** Why a slot is refused: where it would be offered if a calendar could be read, that is the reason. */
export async function refuseJudged(
  requested: RequestedSlot,
  verdict: { because: "taken" | "outside"; reasons: Reason[] },
  known: KnownOfSlot | null,
  round: CalendarRound,
): Promise<{ ok: false; error: SlotRefusal }> {
  const unread = [...round.live].filter(([, busy]) => busy === null).map(([id]) => id);
  if (known && unread.length > 0) {
    const { offer, slot, now, noticeFrom, movingMeetingId } = requested;
    const readable = new Map([...round.live].filter(([, busy]) => busy !== null));
    const taken = takenBy(offer, known.bookings, readable, round.presences ?? undefined);
    const { standings } = known;
    const otherwise = judgeAmong(offer, slot, { now, noticeFrom, movingMeetingId, standings, taken });
    if (otherwise.offered) return err("calendar_unavailable");
  }
  return refuse(requested, verdict, round.live);
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
