import { z } from "zod";
import type { OwnerScope } from "@/lib/auth/owner-scope";
import { db } from "@/lib/database/client";
import { jsonColumn } from "@/lib/database/json-column";
import { type Suspicion, suspicions } from "@/lib/shield/score";

const readReasons = jsonColumn(
  "AddressCheck.reasons",
  z.array(z.object({ code: z.string(), points: z.number() })),
);

/** Why the visitor of one of the organizer's own bookings was asked to confirm it, heaviest first; empty where nothing was suspicious. */
export async function listSuspicions(scope: OwnerScope, bookingId: string): Promise<Suspicion[]> {
  const check = await db().addressCheck.findFirst({
    where: { bookingId, booking: { ownerId: scope.ownerId } },
    select: { reasons: true },
  });
  if (!check) return [];
  const reasons = readReasons(check.reasons, bookingId).toSorted((a, b) => b.points - a.points);
  return reasons.flatMap(({ code }) => suspicions.find((known) => known === code) ?? []);
}
