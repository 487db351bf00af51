import { db } from "@/lib/database/client";
import { toRecord } from "@/lib/database/json";

export interface FlightLine {
  id: string;
  at: Date;
  step: string;
  outcome: string;
  call: string | null;
  status: number | null;
  requestId: string | null;
  durationMs: number | null;
  facts: Record<string, unknown>;
}

/** The flight recorder of one of the organizer's own bookings, oldest first. */
export async function listFlight(userId: string, bookingId: string): Promise<FlightLine[]> {
  const rows = await db().flightEntry.findMany({
    where: { bookingId, booking: { userId } },
    orderBy: [{ at: "asc" }, { id: "asc" }],
  });
  return rows.map((row) => ({
    id: row.id.toString(),
    at: row.at,
    step: row.step,
    outcome: row.outcome,
    call: row.call,
    status: row.status,
    requestId: row.requestId,
    durationMs: row.durationMs,
    facts: toRecord(row.facts),
  }));
}
