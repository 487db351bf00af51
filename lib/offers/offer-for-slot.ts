import type { Run } from "@/lib/database/direct";
import {
  hostOrder,
  isAtAddress,
  isBearer,
  type Offer,
  type OfferRow,
  offerSql,
  offerTables,
  toOffer,
} from "@/lib/offers/offer";
import { type ClaimRow, claimsSql, type OwnBookings, readClaim } from "@/lib/offers/own-bookings";
import { monthStart, takenSql } from "@/lib/offers/turns";
import { blocksSql, type FoundBlock } from "@/lib/shield/blocks";
import {
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

const statementFor = (sender: SenderKind) => `
  SELECT ${offerSql} AS offer, ${claimsSql("$3", end)} AS claims,
    CASE WHEN e."teamId" IS NULL OR ${isBearer} THEN ${recentSql(sender, recentParameters, "organizer_or_team")} END AS recent,
    ${blocksSql(sender, "$9")} AS blocks,
    CASE WHEN e."teamId" IS NOT NULL AND ${isBearer} THEN ${takenSql("$5")} END AS taken
  FROM ${offerTables} WHERE ${isAtAddress} ${hostOrder}`;

const statements = {
  trusted: statementFor("trusted"),
  unknown_network: statementFor("unknown_network"),
  known_network: statementFor("known_network"),
} satisfies Record<SenderKind, string>;

interface Row {
  offer: OfferRow;
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
  const rows = await run<Row>(statements[senderKind(traces)], values);
  const offer = toOffer(rows.map((row) => row.offer));
  const bookings = rows.map((row) => [row.offer.host.id, (row.claims ?? []).map(readClaim)] as const);
  return (
    offer && {
      offer,
      bookings: new Map(bookings),
      recent: togetherOf(rows.flatMap(({ recent }) => recent ?? [])),
      blocks: rows.flatMap(({ blocks }) => blocks ?? []),
      taken: rows.flatMap(({ taken }) => taken ?? []),
    }
  );
}
