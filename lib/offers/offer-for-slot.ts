import type { Run } from "@/lib/database/direct";
import {
  hostOrder,
  hostsAtAddress,
  isAtAddress,
  isBearer,
  type Offer,
  type OfferRow,
  offerColumns,
  offerTables,
  toOffer,
} from "@/lib/offers/offer";
import { type ClaimRow, claimsSql, type OwnBookings, readClaim } from "@/lib/offers/own-bookings";
import { monthStart, takenSql } from "@/lib/offers/turns";
import { blocksSql, type FoundBlock } from "@/lib/shield/blocks";
import {
  type Beginnings,
  beginningsSql,
  isHeardOfSql,
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
const blockValues = "$9";

/** Whose page it is. */
type Owner = "organizer" | "team";

const ownerOf = ({ eventType }: Offer): Owner => (eventType.teamId === null ? "organizer" : "team");

/** Null; without its type PostgreSQL would not take a value that the statement has no use for. */
const untaken = `CASE WHEN $5::timestamptz IS NULL THEN '[]'::json END`;

/** What is read of a sender: all of it where their network is anyone's, and of others first whether there is anything. */
function senderColumns(
  sender: SenderKind,
  whose: Owner,
): { recent: string; blocks: string; isHeardOf: string } {
  const nothing = { recent: "NULL::json", blocks: "NULL::jsonb", isHeardOf: "false" };
  switch (sender) {
    case "trusted":
      return nothing;
    case "unknown_network":
      return {
        ...nothing,
        recent: recentSql(sender, recentParameters, whose),
        blocks: blocksSql(blockValues),
      };
    case "known_network":
      return { ...nothing, isHeardOf: isHeardOfSql(recentParameters, blockValues, whose) };
  }
}

/** Teams alone have turns, and what is booked with them is counted for all of their hosts together. */
const statementFor = (sender: SenderKind, whose: Owner) => {
  const { recent, blocks, isHeardOf } = senderColumns(sender, whose);
  const ofBearer = (sql: string) => (whose === "team" ? `CASE WHEN ${isBearer} THEN ${sql} END` : sql);
  return `
  SELECT ${offerColumns}, ${claimsSql("$3", end)} AS claims, ${ofBearer(recent)} AS recent, ${blocks} AS blocks,
    ${ofBearer(isHeardOf)} AS "isHeardOf", ${whose === "team" ? ofBearer(takenSql("$5")) : untaken} AS taken
  FROM ${offerTables} WHERE ${isAtAddress} ${hostOrder}`;
};

const statementsFor = (whose: Owner) =>
  ({
    trusted: statementFor("trusted", whose),
    unknown_network: statementFor("unknown_network", whose),
    known_network: statementFor("known_network", whose),
  }) satisfies Record<SenderKind, string>;

const statements = { organizer: statementsFor("organizer"), team: statementsFor("team") };

const senderStatement = `
  SELECT CASE WHEN ${isBearer} THEN ${recentSql("known_network", { network: "$3", recipients: "$4", since: "$5" }, "organizer_or_team")} END AS recent,
    ${blocksSql("$6")} AS blocks
  FROM ${hostsAtAddress}`;

const beginningsStatement = `
  SELECT ${beginningsSql({ network: "$3", recipients: "$4", since: "$5" })} AS beginnings
  FROM ${hostsAtAddress} LIMIT 1`;

/** Handles that were a team's when they were last read: which statement fits is known before, mostly. */
const teamHandles = new Set<string>();
const mostTeamHandles = 10_000;

interface SenderRow {
  recent: Recent | null;
  blocks: FoundBlock[] | null;
}

interface Row extends SenderRow, OfferRow {
  claims: ClaimRow[] | null;
  isHeardOf: boolean | null;
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
 * What is offered at an address (`readAddress`), the bookings of each of its hosts that matter for one slot of it, what its sender has done
 * lately (null for one who is trusted, whose traces are null, and for one of whom nothing is known), what blocks them, and what its hosts who
 * take turns have taken this month: in one statement, and one more where something is known of the sender. `now` and `start` are in epoch
 * milliseconds; the length is the event type's first where it is left out. Null when nothing is offered there.
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
    return { rows, offer: toOffer(rows) };
  };
  const supposed: Owner = teamHandles.has(handle) ? "team" : "organizer";
  const first = await read(supposed);
  const owner = first.offer ? ownerOf(first.offer) : supposed;
  if (owner !== supposed) remember(handle, owner);
  const { rows, offer } = owner === supposed ? first : await read(owner);
  if (!offer) return null;
  const isHeardOf = traces !== null && rows.some((row) => row.isHeardOf);
  const known: SenderRow[] = isHeardOf ? await readSender(run, [handle, slug], traces, now) : rows;
  const claimsOf = (place: number) => (rows[place]?.claims ?? []).map(readClaim);
  return {
    offer,
    bookings: new Map(offer.hosts.map(({ id }, place) => [id, claimsOf(place)])),
    recent: togetherOf(known.flatMap(({ recent }) => recent ?? [])),
    blocks: known.flatMap(({ blocks }) => blocks ?? []),
    taken: rows.flatMap(({ taken }) => taken ?? []),
  };
}

/** What is known of a sender of whom something is, with each host at an address. */
function readSender(
  run: Run,
  address: [handle: string, slug: string],
  traces: Traces,
  now: number,
): Promise<SenderRow[]> {
  return run<SenderRow>(senderStatement, [...address, ...recentValues(traces, now), traces.blockValues]);
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
