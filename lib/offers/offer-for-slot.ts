import type { Run } from "@/lib/database/direct";
import { type Offer, type OfferRow, offerSql, offerTables, toOffer } from "@/lib/offers/offer";
import { type ClaimRow, claimsSql, readClaim } from "@/lib/offers/own-bookings";
import type { OwnBooking } from "@/lib/slot-engine/rules";

const end = `($3::timestamptz + make_interval(mins => coalesce($4::int, e."durationsMinutes"[1])))`;

const statement = `SELECT ${offerSql} AS offer, ${claimsSql("$3", end)} AS claims
  FROM ${offerTables} WHERE u.handle = $1 AND e.slug = $2`;

interface Row {
  offer: OfferRow;
  claims: ClaimRow[] | null;
}

/**
 * In one statement, what is offered at an address (`readAddress`) and the organizer's bookings that matter for one slot of it.
 * `start` is in epoch milliseconds; the length is the event type's first where it is left out. Null when nothing is offered there.
 */
export async function readOfferForSlot(
  run: Run,
  [handle, slug]: [handle: string, slug: string],
  { start, durationMinutes }: { start: number; durationMinutes?: number | undefined },
): Promise<{ offer: Offer; bookings: OwnBooking[] } | null> {
  const values = [handle, slug, new Date(start), durationMinutes ?? null];
  const [row] = await run<Row>(statement, values);
  return row ? { offer: toOffer(row.offer), bookings: (row.claims ?? []).map(readClaim) } : null;
}
