import { z } from "zod";
import { inHandsOf } from "@/lib/auth/booking-access";
import type { OwnerScope } from "@/lib/auth/owner-scope";
import { db } from "@/lib/database/client";
import type { FlightEntry, Prisma } from "@/lib/database/generated/client";
import { jsonColumn } from "@/lib/database/json-column";

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
export function listFlight(scope: OwnerScope, bookingId: string): Promise<FlightLine[]> {
  return readLines({ bookingId, booking: inHandsOf(scope) });
}

/** The same for a page that has found the booking by one of its links. */
export function listVisitorFlight(bookingId: string): Promise<FlightLine[]> {
  return readLines({ bookingId });
}

/** What a line is about, by name. */
const readFacts = jsonColumn("FlightEntry.facts", z.record(z.string(), z.unknown()));

async function readLines(where: Prisma.FlightEntryWhereInput): Promise<FlightLine[]> {
  const rows = await db().flightEntry.findMany({ where, orderBy: [{ at: "asc" }, { id: "asc" }] });
  return rows.map(toFlightLine);
}

/** A line as its row holds it. Throws `UnreadableColumn`. */
export function toFlightLine(row: FlightEntry): FlightLine {
  return {
    id: row.id.toString(),
    at: row.at,
    step: row.step,
    outcome: row.outcome,
    call: row.call,
    status: row.status,
    requestId: row.requestId,
    durationMs: row.durationMs,
    facts: readFacts(row.facts, row.id.toString()),
  };
}
