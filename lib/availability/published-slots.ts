/**
 * The slots of an address as the API answers them. One statement reads all that they depend on; while that is the same and no
 * clock has moved them, the answer is the one written before. So processes need not tell each other of changes.
 */
import { createHash } from "node:crypto";
import { type OfferRow, offerSql, offerTables, toOffer } from "@/lib/availability/offer";
import { type ClaimRow, claimsSql, toOwnBooking } from "@/lib/availability/own-bookings";
import { availabilityOf } from "@/lib/availability/slots";
import { type HoldRow, holdsSql, toHold } from "@/lib/availability/taken-time";
import { writeSlots } from "@/lib/availability/write-slots";
import { run } from "@/lib/database/direct";
import { SharedReads } from "@/lib/database/shared-reads";
import { isAddressPart } from "@/lib/input/id";
import { err, ok, type Result } from "@/lib/result";
import { DAY_MS } from "@/lib/scheduling/calendar-date";
import type { Availability, Interval } from "@/lib/scheduling/rules";
import { prepareSchedule } from "@/lib/scheduling/schedule";
import { listSlots } from "@/lib/scheduling/slots";
import { dateRangeToInstants } from "@/lib/scheduling/zone";

export interface PublishedSlots {
  /** JSON */
  body: string;
  /** Differs whenever the body does; a weak entity tag with its quotes (RFC 9110). */
  etag: string;
}

export interface SlotsWish {
  handle: string;
  slug: string;
  /** Dates `YYYY-MM-DD` in the zone, both included. */
  from: string;
  to: string;
  /** IANA */
  timeZone: string;
  /** Left out: the event type's first. */
  durationMinutes?: number | undefined;
}

const statement = `SELECT ${offerSql}::text AS offer, (${claimsSql("$3", "$4")})::text AS claims,
    (${holdsSql("$3", "$4", "NULL")})::text AS holds
    FROM ${offerTables} WHERE u.handle = $1 AND e.slug = $2`;

interface Row {
  offer: string;
  claims: string | null;
  holds: string | null;
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

/** Answers with the slots of an address on some of the visitor's dates, as of `now` (epoch milliseconds). */
export async function publishSlots(
  wish: SlotsWish,
  now = Date.now(),
): Promise<Result<PublishedSlots, { code: "not_found" | "duration_unknown" }>> {
  const { handle, slug, from, to, timeZone, durationMinutes } = wish;
  if (!isAddressPart(handle) || !isAddressPart(slug)) return err("not_found");
  const range = dateRangeToInstants(from, to, timeZone);
  const address = [handle.toLowerCase(), slug.toLowerCase()];
  const key = [...address, from, to, timeZone, durationMinutes].join(" ");
  const row = await reads.read(key, async () => {
    // No slot is longer than a day.
    const values = [...address, new Date(range.start), new Date(range.end + DAY_MS)];
    const [found] = await run<Row>(statement, values);
    return found;
  });
  if (!row) return err("not_found");
  const known = written.get(key);
  if (known && isStillRight(known, row, now)) {
    written.delete(key);
    written.set(key, known);
    return ok(known);
  }
  const made = write(row, wish, range, now);
  if (!made) return err("duration_unknown");
  written.delete(key);
  written.set(key, made);
  const [oldest] = written.keys();
  if (written.size > keptAnswers && oldest !== undefined) written.delete(oldest);
  return ok(made);
}

function isStillRight({ row, goodUntil }: Written, { offer, claims, holds }: Row, now: number): boolean {
  return now < goodUntil && offer === row.offer && claims === row.claims && holds === row.holds;
}

function write(row: Row, wish: SlotsWish, range: Interval, now: number): Written | null {
  // What the statement above has written.
  const offer = toOffer(JSON.parse(row.offer) as OfferRow);
  const bookings = (JSON.parse(row.claims ?? "[]") as ClaimRow[]).map(toOwnBooking);
  const holds = (JSON.parse(row.holds ?? "[]") as HoldRow[]).map(toHold);
  const { durationsMinutes } = offer.eventType;
  const durationMinutes = wish.durationMinutes ?? durationsMinutes[0] ?? 0;
  if (!durationsMinutes.includes(durationMinutes)) return null;
  const question = availabilityOf(offer, durationMinutes, { now, bookings, holds });
  const slots = listSlots({ ...question, from: range.start, to: range.end });
  const head = JSON.stringify({ timeZone: wish.timeZone }).slice(0, -1);
  const body = `${head},"slots":${writeSlots(slots)},"calendarAsOf":null}`;
  const hash = createHash("sha256").update(body).digest("base64url").slice(0, 22);
  return { row, body, etag: `W/"${hash}"`, goodUntil: nextChange(question, slots, now) };
}

/** When time alone changes the slots: the first of them comes too soon, or the organizer's next day begins. */
function nextChange({ event, schedule }: Availability, slots: Interval[], now: number): number {
  const { clock } = prepareSchedule(schedule);
  const [first] = slots;
  const tooSoon = first ? first.start - event.minimumNoticeMinutes * 60_000 + 1 : Infinity;
  return Math.min(tooSoon, clock.endOfDay(clock.dayAt(now)));
}
