import type { Run } from "@/lib/database/direct";
import {
  hostOrder,
  isAtAddress,
  type Offer,
  type OfferRow,
  offerSql,
  offerTables,
  toOffer,
} from "@/lib/offers/offer";
import { type ClaimRow, claimsSql, type OwnBookings, readClaim } from "@/lib/offers/own-bookings";

const end = `($3::timestamptz + make_interval(mins => coalesce($4::int, e."durationsMinutes"[1])))`;

const statement = `SELECT ${offerSql} AS offer, ${claimsSql("$3", end)} AS claims
  FROM ${offerTables} WHERE ${isAtAddress} ${hostOrder}`;

interface Row {
  offer: OfferRow;
  claims: ClaimRow[] | null;
}

/**
 * In one statement, what is offered at an address (`readAddress`) and the bookings of each of its hosts that matter for one slot of it.
 * `start` is in epoch milliseconds; the length is the event type's first where it is left out. Null when nothing is offered there.
 */
export async function readOfferForSlot(
  run: Run,
  [handle, slug]: [handle: string, slug: string],
  { start, durationMinutes }: { start: number; durationMinutes?: number | undefined },
): Promise<{ offer: Offer; bookings: OwnBookings } | null> {
  const rows = await run<Row>(statement, [handle, slug, new Date(start), durationMinutes ?? null]);
  const offer = toOffer(rows.map((row) => row.offer));
  const bookings = rows.map((row) => [row.offer.host.id, (row.claims ?? []).map(readClaim)] as const);
  return offer && { offer, bookings: new Map(bookings) };
}
