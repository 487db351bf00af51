/** What stands around the slots of an event type: own bookings, what others are about to book, and the copy of the calendars. */

import {
  type BusyRow,
  busySql,
  type CalendarCoverage,
  type CalendarRow,
  calendarSql,
  judgeCalendar,
  toBusy,
} from "@/lib/calendars/busy";
import { readNow } from "@/lib/calendars/read-now";
import { daysAhead } from "@/lib/calendars/window";
import { run } from "@/lib/database/direct";
import { type Offer, offerTables, remnantTables } from "@/lib/offers/offer";
import { type ClaimRow, claimsSql, readClaim } from "@/lib/offers/own-bookings";
import { type HoldRow, holdsSql, toHold } from "@/lib/offers/taken-time";
import { DAY_MS } from "@/lib/slot-engine/calendar-date";
import type { Hold, Interval, OwnBooking } from "@/lib/slot-engine/rules";

export interface Around {
  bookings: OwnBooking[];
  /** What other visitors are about to book. */
  holds: Hold[];
  busy: Interval[];
  coverage: CalendarCoverage;
}

const statementOn = (
  tables: string,
) => `SELECT ${claimsSql("$2", "$3")} AS claims, ${holdsSql("$2", "$3", "$4::bytea")} AS holds,
  ${calendarSql} AS calendar, ${busySql("$2", "$3")} AS busy
  FROM ${tables} WHERE e.id = $1::uuid`;

const statement = statementOn(offerTables);
const statementOnRemnant = statementOn(remnantTables);

interface Row {
  claims: ClaimRow[] | null;
  holds: HoldRow[] | null;
  calendar: CalendarRow | null;
  busy: BusyRow[] | null;
}

/**
 * What matters for slots that lie between two instants (epoch milliseconds), as the holder of a hold sees it (the hash of their
 * key; null: no one). A calendar that has not been read yet is read while
 * the visitor waits, for two seconds at most. Throws if the event type is gone.
 */
export async function readSurroundings(
  offer: Offer,
  range: Interval,
  { now, holderHash = null }: { now: number; holderHash?: Uint8Array | null },
): Promise<Around> {
  const first = await read(offer, range, holderHash);
  const coverage = judge(offer, first.calendar, range, { now, hasWaited: false });
  if (coverage.kind !== "unread") return toAround(offer, first, coverage);
  await readNow(coverage.connectionId);
  const second = await read(offer, range, holderHash);
  const later = { now: Math.max(now, Date.now()), hasWaited: true };
  return toAround(offer, second, judge(offer, second.calendar, range, later));
}

async function read(offer: Offer, range: Interval, holderHash: Uint8Array | null): Promise<Row> {
  const holder = holderHash && Buffer.from(holderHash);
  const values = [offer.eventType.id, new Date(range.start), new Date(range.end), holder];
  const [row] = await run<Row>(offer.isRemnant ? statementOnRemnant : statement, values);
  if (!row) throw new Error("The event type is gone.");
  return row;
}

function toAround({ schedule }: Offer, { claims, holds, busy }: Row, coverage: CalendarCoverage): Around {
  return {
    bookings: (claims ?? []).map(readClaim),
    holds: (holds ?? []).map(toHold),
    busy: toBusy(busy, schedule.timeZone),
    coverage,
  };
}

/** Judges the calendars of an offer's organizer for times up to the end of a range, as far as visitors may book at all. */
export function judge(
  { connectionState, eventType }: Offer,
  row: CalendarRow | null,
  range: Interval,
  { now, hasWaited }: { now: number; hasWaited: boolean },
): CalendarCoverage {
  const farthest = now + daysAhead(eventType.window, now) * DAY_MS;
  return judgeCalendar(connectionState, row, { now, until: Math.min(range.end, farthest), hasWaited });
}

/** The part of a range in which free time is known to be free; null where none is. */
export function knownPart(range: Interval, coverage: CalendarCoverage): Interval | null {
  switch (coverage.kind) {
    case "none":
      return range;
    case "known":
      return { start: range.start, end: Math.min(range.end, coverage.coveredUntil) };
    default:
      return null;
  }
}

/** When the calendars were last read, epoch milliseconds; null when none keeps visitors away, or none has been read. */
export function asOfOf(coverage: CalendarCoverage): number | null {
  return coverage.kind === "known" || coverage.kind === "closed" ? coverage.asOf : null;
}
