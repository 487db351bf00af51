import { z } from "zod";
import { inHandsOf } from "@/lib/auth/booking-access";
import type { OwnerScope } from "@/lib/auth/owner-scope";
import { listBlockChoices } from "@/lib/booking/block-sender";
import { db } from "@/lib/database/client";
import { jsonColumn } from "@/lib/database/json-column";
import type { BlockKind } from "@/lib/shield/block-value";
import { type Suspicion, suspicions } from "@/lib/shield/score";

const readReasons = jsonColumn(
  "AddressCheck.reasons",
  z.array(z.object({ code: z.string(), points: z.number() })),
);

function suspicionsOf(reasons: unknown, bookingId: string): Suspicion[] {
  const heaviest = readReasons(reasons, bookingId).toSorted((a, b) => b.points - a.points);
  return heaviest.flatMap(({ code }) => suspicions.find((known) => known === code) ?? []);
}

/** What an organizer sees of a booking that is held back. */
export interface HeldBack {
  /** Why; empty where all visitors are asked. */
  suspicions: Suspicion[];
  /** Its visitor was not asked: the sender is blocked. */
  isMute: boolean;
  /** By what its sender can be blocked; empty once it is over. */
  choices: { kind: BlockKind; value: string }[];
}

/** Of some of the organizer's own bookings, by their ids; only those that were held back are in it. */
export async function listHeldBack(
  scope: OwnerScope,
  bookingIds: readonly string[],
): Promise<Map<string, HeldBack>> {
  const [checks, choices] = await Promise.all([
    db().addressCheck.findMany({
      where: { bookingId: { in: [...bookingIds] }, booking: inHandsOf(scope) },
      select: {
        bookingId: true,
        reasons: true,
        tokenHash: true,
        booking: { select: { notices: { where: { kind: "confirm_address" }, select: { kind: true } } } },
      },
    }),
    listBlockChoices(scope, bookingIds),
  ]);
  return new Map(
    checks.map(({ bookingId, reasons, tokenHash, booking }) => [
      bookingId,
      {
        suspicions: suspicionsOf(reasons, bookingId),
        isMute: tokenHash === null && booking.notices.length > 0,
        choices: choices.get(bookingId) ?? [],
      },
    ]),
  );
}
