/** Where the hosts of an offer stand who take turns: what each has taken this month. */
import type { Tx } from "@/lib/database/client";
import { type Run, select } from "@/lib/database/direct";
import type { PrismaClient } from "@/lib/database/generated/client";
import type { Offer } from "@/lib/offers/offer";
import { type Standing, standingsOf, type TakenCount } from "@/lib/slot-engine/turns";

/**
 * `TakenCount[]` of an event type e, as the database writes it, since the beginning of a month (parameter); null when no one has taken any. A
 * month is counted by when bookings were made, not by when they take place. Most bookings have one host, who is their owner.
 */
export const takenSql = (month: string) => {
  // Whatever was booked since then was amended since then, which there is an index of.
  const counted = `b."teamId" = e."teamId" AND b."amendedAt" >= ${month}::timestamptz AND b."createdAt" >= ${month}::timestamptz
    AND b."eventTypeId" = e.id AND b.status IN ('pending', 'confirmed')`;
  return `(
    SELECT json_agg(json_build_object('hostId', "hostId", 'since', (extract(epoch FROM since) * 1000)::bigint, 'count', count)) FROM (
      SELECT "hostId", joins[width_bucket("createdAt", joins)] AS since, count(*) FROM (
        SELECT b."ownerId" AS "hostId", b."createdAt" FROM "Booking" b WHERE ${counted}
        UNION ALL
        SELECT w."userId", b."createdAt" FROM "Booking" b
        JOIN "BookingHost" w ON w."bookingId" = b.id AND w.position > 0 WHERE ${counted}) one,
        (SELECT ARRAY(SELECT DISTINCT x."joinedAt" FROM "EventTypeHost" x
          WHERE x."eventTypeId" = e.id AND x.kind = 'rotating' AND x."joinedAt" >= ${month}::timestamptz ORDER BY 1) AS joins OFFSET 0) j
      GROUP BY 1, 2) counts)`;
};

const statement = `SELECT ${takenSql("$2")} AS taken FROM "EventType" e WHERE e.id = $1::uuid`;

/** The beginning of the calendar month (UTC) of an instant, both epoch milliseconds. */
export function monthStart(now: number): number {
  const at = new Date(now);
  return Date.UTC(at.getUTCFullYear(), at.getUTCMonth(), 1);
}

/** The hosts who take turns, in the order in which it is their turn; null where no one does, or no team's bookings are counted. */
export async function readStandings(
  client: PrismaClient | Tx | Run,
  offer: Pick<Offer, "hosts" | "eventType">,
  now: number,
): Promise<Standing[] | null> {
  if (!takesTurns(offer)) return null;
  const values = [offer.eventType.id, new Date(monthStart(now))];
  const [row] = await select<{ taken: TakenCount[] | null }>(client, statement, values);
  return standingsAmong(offer, row?.taken ?? [], now);
}

/** The same, of what has been read (`takenSql`). PURE. */
export function standingsAmong(
  offer: Pick<Offer, "hosts" | "eventType">,
  taken: readonly TakenCount[],
  now: number,
): Standing[] | null {
  if (!takesTurns(offer)) return null;
  const since = monthStart(now);
  const rotating = offer.hosts.filter(({ kind }) => kind === "rotating");
  const measured = rotating.map(({ id, priority, weight, joinedAt, lastTakenAt }) => {
    return { id, priority, weight, lastTakenAt, joinedAt: joinedAt >= since ? joinedAt : null };
  });
  return standingsOf(measured, taken);
}

const takesTurns = ({ hosts, eventType }: Pick<Offer, "hosts" | "eventType">) =>
  eventType.teamId !== null && hosts.some(({ kind }) => kind === "rotating");
