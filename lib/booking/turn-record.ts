/** What is kept of a turn: the line in the flight recorder that says why, and when each host was last taken. */
import type { Tx } from "@/lib/database/client";
import type { Statement } from "@/lib/database/direct";
import type { FlightNote } from "@/lib/flight-recorder/flight-recorder";
import type { Offer } from "@/lib/offers/offer";
import type { Turn } from "@/lib/slot-engine/turns";

/** A line for each host who takes their turn. */
export function turnLines({ hosts }: Pick<Offer, "hosts">, turns: readonly Turn[]): FlightNote[] {
  const nameOf = (id: string) => hosts.find((host) => host.id === id)?.name ?? "";
  return turns.map(({ id, reason, taken, weight, passedOver }) => ({
    step: "turn_taken",
    outcome: "ok",
    facts: {
      host: nameOf(id),
      reason,
      taken,
      weight,
      ...(passedOver.length > 0 ? { passedOver: passedOver.map(nameOf).join(", ") } : {}),
    },
  }));
}

/** The statement that notes when these hosts were taken (epoch milliseconds). */
export function turnsTaken(eventTypeId: string, turns: readonly Turn[], now: number): Statement {
  return {
    text: `UPDATE "EventTypeHost" SET "lastTakenAt" = $3::timestamptz
      WHERE "eventTypeId" = $1::uuid AND "userId" = ANY($2::uuid[])`,
    values: [eventTypeId, turns.map(({ id }) => id), new Date(now)],
  };
}

/** The same for a booking that goes to these hosts after it was made. */
export async function noteTaken(
  tx: Tx,
  { eventTypeId }: { eventTypeId: string | null },
  hostIds: readonly string[],
  now: number,
): Promise<void> {
  if (eventTypeId === null) return;
  const where = { eventTypeId, userId: { in: [...hostIds] } };
  await tx.eventTypeHost.updateMany({ where, data: { lastTakenAt: new Date(now) } });
}
