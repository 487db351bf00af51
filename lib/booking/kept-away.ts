/** How many bookings were kept away: given up, rejected or cancelled before their visitor confirmed them. Months are those of UTC. */
import type { OwnerScope } from "@/lib/auth/owner-scope";
import { db } from "@/lib/database/client";

export interface KeptAway {
  thisMonth: number;
  inAll: number;
}

/** Of an organizer's own bookings, or of everyone's; those that are forgotten by now are counted too (lib/booking/retention.ts). */
export async function countKeptAway(whose: OwnerScope | "everyone", now: Date): Promise<KeptAway> {
  const ownerId = whose === "everyone" ? null : whose.ownerId;
  const month = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), 1));
  const [counts] = await db().$queryRaw<{ thisMonth: number; inAll: number }[]>`
    SELECT coalesce(sum(count) FILTER (WHERE month >= ${month}::date), 0)::int AS "thisMonth",
      coalesce(sum(count), 0)::int AS "inAll"
    FROM (
      SELECT month, count FROM "KeptAway" WHERE ${ownerId}::uuid IS NULL OR "ownerId" = ${ownerId}::uuid
      UNION ALL
      SELECT date_trunc('month', b."createdAt", 'UTC')::date, 1
      FROM "AddressCheck" c JOIN "Booking" b ON b.id = c."bookingId"
      WHERE (${ownerId}::uuid IS NULL OR b."ownerId" = ${ownerId}::uuid)
        AND b."confirmBy" IS NOT NULL AND b.status IN ('cancelled', 'declined')
    ) kept`;
  return counts ?? { thisMonth: 0, inAll: 0 };
}
