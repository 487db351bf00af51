import type { Run } from "@/lib/database/direct";
import {
  hostOrder,
  hostsAtAddress,
  isAtAddress,
  isBearer,
  type Offer,
  offerSql,
  offerTables,
  toOffer,
} from "@/lib/offers/offer";
import { type ClaimRow, claimsSql, type OwnBookings, readClaim } from "@/lib/offers/own-bookings";
import { monthStart, takenSql } from "@/lib/offers/turns";
import { blocksSql, type FoundBlock } from "@/lib/shield/blocks";
import {
  type Beginnings,
  beginningsSql,
  type Recent,
  recentSql,
  recentValues,
  type SenderKind,
  senderKind,
  togetherOf,
} from "@/lib/shield/recent";
import type { Traces } from "@/lib/shield/traces";
import type { TakenCount } from "@/lib/slot-engine/turns";

const end = `($3::timestamptz + make_interval(mins => coalesce($4::int, e."durationsMinutes"[1])))`;

const recentParameters = { network: "$6", recipients: "$7", since: "$8" };

/** Whose page it is. */
type Owner = "organizer" | "team";

const ownerOf = ({ eventType }: Offer): Owner => (eventType.teamId === null ? "organizer" : "team");

/** Null; without its type PostgreSQL would not take a value that the statement has no use for. */
const untaken = `CASE WHEN $5::timestamptz IS NULL THEN '[]'::json END`;

/** Teams alone have turns, and what is booked with them is counted for all of their hosts together. */
const statementFor = (sender: SenderKind, whose: Owner) => {
  const recent = recentSql(sender, recentParameters, whose);
  const ofBearer = (sql: string) => (whose === "team" ? `CASE WHEN ${isBearer} THEN ${sql} END` : sql);
  return `
  SELECT ${offerSql} AS offer, ${claimsSql("$3", end)} AS claims, ${ofBearer(recent)} AS recent, ${blocksSql(sender, "$9")} AS blocks,
    ${whose === "team" ? ofBearer(takenSql("$5")) : untaken} AS taken
  FROM ${offerTables} WHERE ${isAtAddress} ${hostOrder}`;
};

const statementsFor = (whose: Owner) =>
  ({
    trusted: statementFor("trusted", whose),
    unknown_network: statementFor("unknown_network", whose),
    known_network: statementFor("known_network", whose),
  }) satisfies Record<SenderKind, string>;

const statements = { organizer: statementsFor("organizer"), team: statementsFor("team") };

const beginningsStatement = `
  SELECT ${beginningsSql({ network: "$3", recipients: "$4", since: "$5" })} AS beginnings
  FROM ${hostsAtAddress} LIMIT 1`;

/** Handles that were a team's when they were last read: which statement fits is known before, mostly. */
const teamHandles = new Set<string>();
const mostTeamHandles = 10_000;

interface Row {
  offer: string;
  claims: ClaimRow[] | null;
  recent: Recent | null;
  blocks: FoundBlock[] | null;
  taken: TakenCount[] | null;
}

interface OfferForSlot {
  offer: Offer;
  bookings: OwnBookings;
  recent: Recent | null;
  blocks: FoundBlock[];
  taken: TakenCount[];
}

/**
 * In one statement, what is offered at an address (`readAddress`), the bookings of each of its hosts that matter for one slot of it, what
 * senders who are not trusted have done lately (null for one who is, whose traces are null), what blocks this one, and what its hosts who take
 * turns have taken this month. `now` and `start` are in
 * epoch milliseconds; the length is the event type's first where it is left out. Null when nothing is offered there.
 */
export async function readOfferForSlot(
  run: Run,
  [handle, slug]: [handle: string, slug: string],
  {
    start,
    durationMinutes,
    traces,
    now,
  }: { start: number; durationMinutes?: number | undefined; traces: Traces | null; now: number },
): Promise<OfferForSlot | null> {
  const asked = [handle, slug, new Date(start), durationMinutes ?? null, new Date(monthStart(now))];
  const values = [...asked, ...recentValues(traces, now), ...(traces ? [traces.blockValues] : [])];
  const read = async (whose: Owner) => {
    const rows = await run<Row>(statements[whose][senderKind(traces)], values);
    return { rows, offer: toOffer(rows.map((row) => row.offer)) };
  };
  const supposed: Owner = teamHandles.has(handle) ? "team" : "organizer";
  const first = await read(supposed);
  const owner = first.offer ? ownerOf(first.offer) : supposed;
  if (owner !== supposed) remember(handle, owner);
  const { rows, offer } = owner === supposed ? first : await read(owner);
  return (
    offer && {
      offer,
      bookings: new Map(offer.hosts.map(({ id }, place) => [id, (rows[place]?.claims ?? []).map(readClaim)])),
      recent: togetherOf(rows.flatMap(({ recent }) => recent ?? [])),
      blocks: rows.flatMap(({ blocks }) => blocks ?? []),
      taken: rows.flatMap(({ taken }) => taken ?? []),
    }
  );
}

function remember(handle: string, owner: Owner): void {
  if (teamHandles.size >= mostTeamHandles) teamHandles.clear();
  if (owner === "team") teamHandles.add(handle);
  else teamHandles.delete(handle);
}

/** When the first of what counts for a sender who is refused was made, at the same address; null when nothing is offered there. */
export async function readBeginnings(
  run: Run,
  address: [handle: string, slug: string],
  traces: Traces,
  now: number,
): Promise<Beginnings | null> {
  const values = [...address, ...recentValues(traces, now)];
  const [row] = await run<{ beginnings: Beginnings }>(beginningsStatement, values);
  return row?.beginnings ?? null;
}
