/**
 * The slots of an address as the API answers them. One statement reads all that they depend on; while that is the same and no
 * clock has moved them, the answer is the one written before. So processes need not tell each other of changes.
 */
import { createHash } from "node:crypto";
import {
  type BusyRow,
  busySql,
  type CalendarCoverage,
  type CalendarRow,
  calendarSql,
  toBusy,
} from "@/lib/calendars/busy";
import { readNow } from "@/lib/calendars/read-now";
import { run } from "@/lib/database/direct";
import { SharedReads } from "@/lib/database/shared-reads";
import { isAddressPart } from "@/lib/input/id";
import { type OfferRow, offerSql, offerTables, toOffer } from "@/lib/offers/offer";
import { type ClaimRow, claimsSql, readClaim } from "@/lib/offers/own-bookings";
import { availabilityOf } from "@/lib/offers/slots";
import { asOfOf, judge, knownPart } from "@/lib/offers/surroundings";
import { type HoldRow, holdsSql, toHold } from "@/lib/offers/taken-time";
import { writeSlots } from "@/lib/offers/write-slots";
import { err, ok, type Result } from "@/lib/result";
import { DAY_MS } from "@/lib/slot-engine/calendar-date";
import type { Availability, Interval } from "@/lib/slot-engine/rules";
import { prepareSchedule } from "@/lib/slot-engine/schedule";
import { listSlots } from "@/lib/slot-engine/slots";
import { dateRangeToInstants } from "@/lib/slot-engine/zone";

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
}

const statement = `SELECT e.id, e."requiresLink", ${offerSql}::text AS offer, (${claimsSql("$3", "$4")})::text AS claims,
    (${holdsSql("$3", "$4", "NULL")})::text AS holds,
    (${calendarSql})::text AS calendar, (${busySql("$3", "$4")})::text AS busy
    FROM ${offerTables} WHERE u.handle = $1 AND e.slug = $2`;

interface Row {
  id: string;
  requiresLink: boolean;
  offer: string;
  claims: string | null;
  holds: string | null;
  calendar: string | null;
  busy: string | null;
}

/** An answer with what it was made from. */
interface Written extends PublishedSlots {
  row: Row;
  /** Epoch milliseconds: until then, time alone changes nothing. */
  goodUntil: number;
}

const written = new Map<string, Written>();
const reads = new SharedReads<Row | undefined>();

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
): Promise<Result<PublishedSlots, { code: "not_found" | "duration_unknown" | Refusal }>> {
  const { handle, slug, from, to, timeZone, durationMinutes } = request;
  if (!isAddressPart(handle) || !isAddressPart(slug)) return err("not_found");
  const range = dateRangeToInstants(from, to, timeZone);
  const address = [handle.toLowerCase(), slug.toLowerCase()];
  const key = [...address, from, to, timeZone, durationMinutes].join(" ");
  const read = () =>
    reads.read(key, async () => {
      // No slot is longer than a day.
      const values = [...address, new Date(range.start), new Date(range.end + DAY_MS)];
      const [found] = await run<Row>(statement, values);
      return found;
    });
  const row = await read();
  if (!row) return err("not_found");
  const refusal = await refuse(row);
  if (refusal) return err(refusal);
  const known = written.get(key);
  if (known && isStillRight(known, row, now)) {
    written.delete(key);
    written.set(key, known);
    return ok(known);
  }
  const made = await write(row, request, range, now, read);
  if (!made) return err("duration_unknown");
  written.delete(key);
  written.set(key, made);
  const [oldest] = written.keys();
  if (written.size > keptAnswers && oldest !== undefined) written.delete(oldest);
  return ok(made);
}

function isStillRight({ row, goodUntil }: Written, now: Row, at: number): boolean {
  const isOwnSame = now.offer === row.offer && now.claims === row.claims && now.holds === row.holds;
  return at < goodUntil && isOwnSame && now.calendar === row.calendar && now.busy === row.busy;
}

async function write(
  first: Row,
  request: SlotsRequest,
  range: Interval,
  now: number,
  readAgain: () => Promise<Row | undefined>,
): Promise<Written | null> {
  // What the statement above has written.
  const offer = toOffer(JSON.parse(first.offer) as OfferRow);
  const { durationsMinutes } = offer.eventType;
  const durationMinutes = request.durationMinutes ?? durationsMinutes[0] ?? 0;
  if (!durationsMinutes.includes(durationMinutes)) return null;
  let row = first;
  let coverage = judge(offer, calendarOf(row), range, { now, hasWaited: false });
  if (coverage.kind === "unread") {
    await readNow(coverage.connectionId);
    row = (await readAgain()) ?? first;
    coverage = judge(offer, calendarOf(row), range, { now: Math.max(now, Date.now()), hasWaited: true });
  }
  const bookings = (JSON.parse(row.claims ?? "[]") as ClaimRow[]).map(readClaim);
  const holds = (JSON.parse(row.holds ?? "[]") as HoldRow[]).map(toHold);
  const busy = toBusy(JSON.parse(row.busy ?? "[]") as BusyRow[], offer.schedule.timeZone);
  const question = availabilityOf(offer, durationMinutes, { now, bookings, holds, busy });
  const known = knownPart(range, coverage);
  const slots = known ? listSlots({ ...question, from: known.start, to: known.end }) : [];
  const asOf = asOfOf(coverage);
  const head = JSON.stringify({ timeZone: request.timeZone }).slice(0, -1);
  const tail = JSON.stringify(asOf === null ? null : new Date(asOf).toISOString());
  const body = `${head},"slots":${writeSlots(slots)},"calendarAsOf":${tail}}`;
  const hash = createHash("sha256").update(body).digest("base64url").slice(0, 22);
  const goodUntil = Math.min(nextChange(question, slots, now), knownUntil(coverage));
  return { row, body, etag: `W/"${hash}"`, goodUntil };
}

const calendarOf = ({ calendar }: Row) => (calendar === null ? null : (JSON.parse(calendar) as CalendarRow));

/** Until when what a calendar says holds; one that is closed is looked at again each time. */
function knownUntil(coverage: CalendarCoverage): number {
  if (coverage.kind === "none") return Infinity;
  return coverage.kind === "known" ? coverage.goodUntil : -Infinity;
}

/** When time alone changes the slots: the first of them comes too soon, or the organizer's next day begins. */
function nextChange({ event, schedule }: Availability, slots: Interval[], now: number): number {
  const { clock } = prepareSchedule(schedule);
  const [first] = slots;
  const tooSoon = first ? first.start - event.minimumNoticeMinutes * 60_000 + 1 : Infinity;
  return Math.min(tooSoon, clock.endOfDay(clock.dayAt(now)));
}
