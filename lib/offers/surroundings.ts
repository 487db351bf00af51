/** What surrounds the slots of an event type: own bookings, what others are about to book, and the copy of the calendars. */

import { repliesIn } from "@/lib/calendars/automatic-replies";
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
import {
  hostTables,
  type Offer,
  type OfferHost,
  remnantHostTables,
  withConnection,
} from "@/lib/offers/offer";
import { type ClaimRow, claimsSql, readClaim } from "@/lib/offers/own-bookings";
import { readPresences, type SeenPresence } from "@/lib/offers/presence";
import { type HoldRow, holdsSql, toHold } from "@/lib/offers/taken-time";
import { DAY_MS } from "@/lib/slot-engine/calendar-date";
import type { Hold, Interval, OwnBooking, Presence } from "@/lib/slot-engine/rules";

/** What is taken of one host's time. */
export interface Taken {
  bookings: OwnBooking[];
  /** Left out where a hold counts for nothing: when someone books. */
  holds?: Hold[];
  busy: Interval[];
  /** What of it automatic replies take; left out or null: nothing. */
  replies?: (Interval & { isOpenEnded: boolean }) | null;
  /** Whether they are available at this moment, where the offer is for now too. */
  presence?: Presence | undefined;
}

/** The same for each host, by their id, with what their calendars say: as far as it is known. */
export type Around = ReadonlyMap<string, Taken & { coverage: CalendarCoverage }>;

const statementOn = (
  tables: string,
) => `SELECT h."userId" AS host, ${claimsSql("$2", "$3")} AS claims, ${holdsSql("$2", "$3", "$4::bytea")} AS holds,
  ${calendarSql} AS calendar, ${busySql("$2", "$3")} AS busy
  FROM ${tables} ${withConnection} WHERE e.id = $1::uuid`;

const statement = statementOn(hostTables);
const statementOnRemnant = statementOn(remnantHostTables);

/** What surrounds the slots of one host, as the database writes it. */
export interface SurroundingRow {
  host: string;
  claims: ClaimRow[] | null;
  holds: HoldRow[] | null;
  calendar: CalendarRow | null;
  busy: BusyRow[] | null;
}

/**
 * What matters for slots that lie between two instants (epoch milliseconds), as the holder of a hold sees it (the hash of their
 * key; null: no one). Calendars that have not been read yet are read while the visitor waits, for two seconds at most.
 * Throws if the event type is gone.
 */
export async function readSurroundings(
  offer: Offer,
  range: Interval,
  { now, holderHash = null }: { now: number; holderHash?: Uint8Array | null },
): Promise<Around> {
  const [first, presences] = await Promise.all([
    read(offer, range, holderHash),
    readPresences(offer, range, now),
  ]);
  const around = toAround(offer, first, range, { now, hasWaited: false, presences });
  const unread = unreadConnections(around);
  if (unread.length === 0) return around;
  await Promise.all(unread.map(readNow));
  const second = await read(offer, range, holderHash);
  return toAround(offer, second, range, { now: Math.max(now, Date.now()), hasWaited: true, presences });
}

/** The connections whose calendars have to be read first. */
export function unreadConnections(around: Around): string[] {
  return [...around.values()].flatMap(({ coverage }) =>
    coverage.kind === "unread" ? coverage.connectionId : [],
  );
}

async function read(offer: Offer, range: Interval, holderHash: Uint8Array | null): Promise<SurroundingRow[]> {
  const holder = holderHash && Buffer.from(holderHash);
  const values = [offer.eventType.id, new Date(range.start), new Date(range.end), holder];
  const rows = await run<SurroundingRow>(offer.isRemnant ? statementOnRemnant : statement, values);
  if (rows.length === 0) throw new Error("The event type is gone.");
  return rows;
}

interface Judging {
  now: number;
  /** It was tried already to have the calendars read. */
  hasWaited: boolean;
  /** Who is available at this moment, by their id. */
  presences: ReadonlyMap<string, SeenPresence>;
}

/** What a row for each of an offer's hosts says. Of one who has none nothing is known: they have joined or left meanwhile. */
export function toAround(
  offer: Offer,
  rows: readonly SurroundingRow[],
  range: Interval,
  judging: Judging,
): Around {
  const hosts = new Map(offer.hosts.map((host) => [host.id, host]));
  const around = rows.flatMap(({ host: id, claims, holds, calendar, busy }) => {
    const host = hosts.get(id);
    if (!host) return [];
    const replies = repliesIn(calendar?.replies, range);
    const isOpenEnded = calendar?.replies?.[1] === null;
    const taken = {
      replies: replies && { ...replies, isOpenEnded },
      bookings: (claims ?? []).map(readClaim),
      holds: (holds ?? []).map(toHold),
      busy: [...toBusy(busy, host.schedule.timeZone), ...(replies ? [replies] : [])],
      presence: judging.presences.get(id)?.presence,
      coverage: judge(offer, host, calendar, range, judging),
    };
    return [[id, taken] as const];
  });
  return new Map(around);
}

/** Judges the calendars of one of an offer's hosts for times up to the end of a range, as far as visitors may book at all. */
function judge(
  offer: Offer,
  host: OfferHost,
  row: CalendarRow | null,
  range: Interval,
  { now, hasWaited }: Omit<Judging, "presences">,
): CalendarCoverage {
  if (isOut(offer, host)) return { kind: "closed", asOf: null, isForGood: true };
  const { eventType } = offer;
  const { connectionState } = host;
  const farthest = now + daysAhead(eventType.window, now) * DAY_MS;
  return judgeCalendar(connectionState, row, { now, until: Math.min(range.end, farthest), hasWaited });
}

/**
 * Whether a host takes part in nothing, whatever their time: they share the bookings with a team, and their calendar can't be read before
 * they sign in again. Someone alone stays open then: there is no one else.
 */
export function isOut(
  { eventType }: Offer,
  { connectionState }: Pick<OfferHost, "connectionState">,
): boolean {
  return eventType.teamId !== null && connectionState === "reconnect_needed";
}

/** Until when free time is known to be free, epoch milliseconds; infinite where no calendar keeps visitors away. */
export function knownUntilOf(coverage: CalendarCoverage): number {
  if (coverage.kind === "none") return Infinity;
  return coverage.kind === "known" ? coverage.coveredUntil : -Infinity;
}

/** So many of the hosts' calendars can't be read that no time is known to be free. */
export function isClosed({ hosts, rotatingHosts }: Offer, around: Around): boolean {
  const areKnown = hosts.filter(({ id }) => {
    const kind = around.get(id)?.coverage.kind;
    return kind === "none" || kind === "known";
  });
  const known = (kind: OfferHost["kind"]) => areKnown.filter((host) => host.kind === kind).length;
  const fixed = hosts.filter(({ kind }) => kind === "fixed").length;
  return known("fixed") < fixed || known("rotating") < rotatingHosts;
}

/** When the calendars were last read, all of them, epoch milliseconds; null when none keeps visitors away, or none has been read. */
export function asOfOf(around: Around): number | null {
  const read = [...around.values()].flatMap(({ coverage }) =>
    coverage.kind === "known" || coverage.kind === "closed" ? (coverage.asOf ?? []) : [],
  );
  return read.length > 0 ? Math.min(...read) : null;
}
