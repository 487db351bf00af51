/** Where the hosts of an offer stand who take turns: what each has taken this month. */
import type { Tx } from "@/lib/database/client";
import { type Run, select } from "@/lib/database/direct";
import type { PrismaClient } from "@/lib/database/generated/client";
import type { Offer } from "@/lib/offers/offer";
import { joinsOf, type Standing, standingsOf, type TakenCount } from "@/lib/slot-engine/turns";

// A month is counted by when bookings were made, not by when they take place.
const statement = `
  SELECT t."userId" AS "hostId", width_bucket(b."createdAt", $4::timestamptz[]) AS joins, count(*)::int AS count
  FROM "Booking" b JOIN "BookingHost" t ON t."bookingId" = b.id
  WHERE b."teamId" = $1::uuid AND b."createdAt" >= $2::timestamptz AND b."eventTypeId" = $3::uuid
    AND b.status IN ('pending', 'confirmed')
  GROUP BY 1, 2`;

/** The beginning of the calendar month (UTC) of an instant, both epoch milliseconds. */
export function monthStart(now: number): number {
  const at = new Date(now);
  return Date.UTC(at.getUTCFullYear(), at.getUTCMonth(), 1);
}

/** The hosts who take turns, in the order in which it is their turn; null where no one does, or no team's bookings are counted. */
export async function readStandings(
  client: PrismaClient | Tx | Run,
  { hosts, eventType }: Pick<Offer, "hosts" | "eventType">,
  now: number,
): Promise<Standing[] | null> {
  const { teamId } = eventType;
  const rotating = hosts.filter(({ kind }) => kind === "rotating");
  if (teamId === null || rotating.length === 0) return null;
  const since = monthStart(now);
  const measured = rotating.map((host) => ({
    ...host,
    joinedAt: host.joinedAt >= since ? host.joinedAt : null,
  }));
  const joins = joinsOf(measured).map((at) => new Date(at));
  const values = [teamId, new Date(since), eventType.id, joins];
  return standingsOf(measured, await select<TakenCount>(client, statement, values));
}
