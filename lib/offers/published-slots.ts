/**
 * The slots of an address as the API answers them. One statement reads all that they depend on; while that is the same and no
 * clock has moved them, the answer is the one written before. So processes need not tell each other of changes.
 */
import { createHash } from "node:crypto";
import { busySql, type CalendarCoverage, calendarSql } from "@/lib/calendars/busy";
import { readNow } from "@/lib/calendars/read-now";
import { run } from "@/lib/database/direct";
import { SharedReads } from "@/lib/database/shared-reads";
import { isAddressPart } from "@/lib/input/id";
import { withHost } from "@/lib/offers/host-choice";
import {
  hostOrder,
  isAtAddress,
  isBearer,
  type Offer,
  type OfferRow,
  offerColumns,
  offerTables,
  toOffer,
} from "@/lib/offers/offer";
import { claimsSql } from "@/lib/offers/own-bookings";
import { readPresences } from "@/lib/offers/presence";
import { withFreeRooms } from "@/lib/offers/rooms";
import { questionAbout } from "@/lib/offers/slots";
import {
  asOfOf,
  isClosed,
  type SurroundingRow,
  toAround,
  unreadConnections,
} from "@/lib/offers/surroundings";
import { holdsSql } from "@/lib/offers/taken-time";
import { writeSlots } from "@/lib/offers/write-slots";
import { err, ok, type Result } from "@/lib/result";
import { readRoomsNow } from "@/lib/rooms/read-rooms";
import {
  type RoomRow,
  goodUntilOf as roomGoodUntil,
  roomsSql,
  toRoomTime,
  unreadRooms,
} from "@/lib/rooms/room-times";
import { DAY_MS } from "@/lib/slot-engine/calendar-date";
import { listHostSlots } from "@/lib/slot-engine/hosts";
import type { Interval } from "@/lib/slot-engine/rules";
import { dateRangeToInstants } from "@/lib/slot-engine/zone";
import { zoneClock } from "@/lib/slot-engine/zone-clock";

export interface PublishedSlots {
  /** JSON */
  body: string;
  /** Differs whenever the body does; a weak entity tag with its quotes (RFC 9110). */
  etag: string;
}

export interface SlotsRequest {
  handle: string;
  slug: string;
  /** Dates `YYYY-MM-DD` in the zone, both included. */
  from: string;
  to: string;
  /** IANA */
  timeZone: string;
  /** If left out, the event type's first. */
  durationMinutes?: number | undefined;
  /** The handle of a host who has to take part. */
  host?: string | undefined;
}

const statement = `SELECT e.id, e."requiresLink", h."userId" AS host, ${offerColumns}, (${claimsSql("$3", "$4")})::text AS claims,
    (${holdsSql("$3", "$4", "NULL")})::text AS holds,
    CASE WHEN ${isBearer} THEN (${roomsSql("$3", "$4")})::text END AS rooms,
    CASE WHEN e."availableNowMinutes" IS NOT NULL THEN c.scopes END AS scopes,
    (${calendarSql})::text AS calendar, (${busySql("$3", "$4")})::text AS busy
    FROM ${offerTables} WHERE ${isAtAddress} ${hostOrder}`;

/** What an answer depends on of one host. */
interface Row extends OfferRow {
  id: string;
  requiresLink: boolean;
  host: string;
  claims: string | null;
  holds: string | null;
  rooms: string | null;
  /** What the host has allowed, where it matters whether they are available. */
  scopes: string | null;
  calendar: string | null;
  busy: string | null;
}

/** An answer with what it was made from. */
interface Written extends PublishedSlots {
  rows: readonly Row[];
  /** Epoch milliseconds: until then, time alone changes nothing. */
  goodUntil: number;
}

const written = new Map<string, Written>();
const reads = new SharedReads<Row[]>();

/** Some megabytes at most; those asked for lately stay. */
const keptAnswers = 256;

/**
 * Answers with the slots of an address on some of the visitor's dates, as of `now` (epoch milliseconds). `refuse` says who may not see
 * them.
 */
export async function publishSlots<Refusal extends string = never>(
  request: SlotsRequest,
  now = Date.now(),
  refuse: (eventType: Pick<Row, "id" | "requiresLink">) => Promise<Refusal | null> = async () => null,
): Promise<Result<PublishedSlots, { code: "not_found" | "duration_unknown" | "host_unknown" | Refusal }>> {
  const { handle, slug, from, to, timeZone, durationMinutes, host } = request;
  if (!isAddressPart(handle) || !isAddressPart(slug)) return err("not_found");
  const range = dateRangeToInstants(from, to, timeZone);
  const address = [handle.toLowerCase(), slug.toLowerCase()];
  const key = [...address, from, to, timeZone, durationMinutes, host].join(" ");
  const read = () =>
    // No slot is longer than a day.
    reads.read(key, () =>
      run<Row>(statement, [...address, new Date(range.start), new Date(range.end + DAY_MS)]),
    );
  const rows = await read();
  const [row] = rows;
  if (!row) return err("not_found");
  const refusal = await refuse(row);
  if (refusal) return err(refusal);
  const known = written.get(key);
  if (known && isStillRight(known, rows, now)) {
    written.delete(key);
    written.set(key, known);
    return ok(known);
  }
  const made = await write(rows, request, range, now, read);
  if (typeof made === "string") return err(made);
  written.delete(key);
  written.set(key, made);
  const [oldest] = written.keys();
  if (written.size > keptAnswers && oldest !== undefined) written.delete(oldest);
  return ok(made);
}

function isStillRight({ rows, goodUntil }: Written, now: readonly Row[], at: number): boolean {
  return at < goodUntil && rows.length === now.length && rows.every((row, index) => isSame(row, now[index]));
}

function isSame(one: Row, other: Row | undefined): boolean {
  if (other === undefined) return false;
  const isOwnSame = one.offer === other.offer && one.claims === other.claims && one.holds === other.holds;
  const isRestSame = one.calendar === other.calendar && one.busy === other.busy;
  return isOwnSame && isRestSame && one.rooms === other.rooms && one.scopes === other.scopes;
}

/** `readAgain` is null once calendars have been waited for. */
async function write(
  rows: readonly Row[],
  request: SlotsRequest,
  range: Interval,
  now: number,
  readAgain: (() => Promise<readonly Row[]>) | null,
): Promise<Written | "duration_unknown" | "host_unknown"> {
  const whole = toOffer(rows);
  const durationMinutes = request.durationMinutes ?? whole?.eventType.durationsMinutes[0] ?? 0;
  if (!whole?.eventType.durationsMinutes.includes(durationMinutes)) return "duration_unknown";
  const offer = request.host === undefined ? whole : withHost(whole, request.host);
  if (!offer) return "host_unknown";
  const presences = await readPresences(offer, range, now);
  const judging = {
    now: readAgain ? now : Math.max(now, Date.now()),
    hasWaited: readAgain === null,
    presences,
  };
  const around = toAround(offer, rows.map(parse), range, judging);
  const unread = unreadConnections(around);
  const roomRows = offer.eventType.rooms ? rows.flatMap(({ rooms }) => parseRooms(rooms)) : null;
  const unreadIds = unreadRooms(roomRows ?? [], now);
  if (readAgain && unread.length + unreadIds.length > 0) {
    await Promise.all([...unread.map(readNow), ...(unreadIds.length > 0 ? [readRoomsNow(unreadIds)] : [])]);
    const again = await readAgain();
    return write(again.length > 0 ? again : rows, request, range, now, null);
  }
  const question = questionAbout(offer, durationMinutes, { now, taken: around });
  const rooms = roomRows?.map((room) => toRoomTime(room, judging.now)) ?? null;
  const slots = isClosed(offer, around)
    ? []
    : withFreeRooms(offer, listHostSlots({ ...question, from: range.start, to: range.end }), {
        rooms,
        taken: around,
      });
  const asOf = asOfOf(around);
  const head = JSON.stringify({ timeZone: request.timeZone }).slice(0, -1);
  const tail = JSON.stringify(asOf === null ? null : new Date(asOf).toISOString());
  const body = `${head},"slots":${writeSlots(slots)},"calendarAsOf":${tail}}`;
  const hash = createHash("sha256").update(body).digest("base64url").slice(0, 22);
  const goodUntil = Math.min(
    nextChange(offer, slots, now),
    ...[...around.values()].map(goodUntilOf),
    ...(roomRows ?? []).map(roomGoodUntil).filter((until) => until > judging.now),
    ...[...presences.values()].map((seen) => seen.until),
    nextMinute(offer, range, now),
  );
  return { rows, body, etag: `W/"${hash}"`, goodUntil };
}

function parseRooms(text: string | null): RoomRow[] {
  // What the statement above has written.
  return text === null ? [] : (JSON.parse(text) as RoomRow[]);
}

function parse({ host, claims, holds, calendar, busy }: Row): SurroundingRow {
  const parts = [claims, holds, calendar, busy].map((text) => (text === null ? null : JSON.parse(text)));
  // What the statement above has written.
  const [ownClaims, ownHolds, ownCalendar, ownBusy] = parts as [
    SurroundingRow["claims"],
    SurroundingRow["holds"],
    SurroundingRow["calendar"],
    SurroundingRow["busy"],
  ];
  return { host, claims: ownClaims, holds: ownHolds, calendar: ownCalendar, busy: ownBusy };
}

/** Until when what a host's calendar says holds; one that is closed is looked at again each time. */
function goodUntilOf({ coverage }: { coverage: CalendarCoverage }): number {
  if (coverage.kind === "none" || (coverage.kind === "closed" && coverage.isForGood)) return Infinity;
  return coverage.kind === "known" ? coverage.goodUntil : -Infinity;
}

/** Where starts are for now, one enters or leaves the next minutes with a minute of the clock. */
function nextMinute({ eventType }: Offer, range: Interval, now: number): number {
  const lastMs = (eventType.availableNowMinutes ?? 0) * 60_000;
  const isAsked = lastMs > 0 && now < range.end && range.start <= now + lastMs + 60_000;
  return isAsked ? (Math.floor(now / 60_000) + 1) * 60_000 : Infinity;
}

/** When time alone changes the slots: the first of them comes too soon, or the next day of a host begins. */
function nextChange({ eventType, hosts }: Offer, slots: Interval[], now: number): number {
  const [first] = slots;
  const tooSoon = first ? first.start - eventType.minimumNoticeMinutes * 60_000 + 1 : Infinity;
  const nextDays = hosts.map(({ schedule }) => {
    const clock = zoneClock(schedule.timeZone);
    return clock.endOfDay(clock.dayAt(now));
  });
  return Math.min(tooSoon, ...nextDays);
}
