/** What stands in the way of the slots that are listed: own bookings, and what other visitors are about to book. */
import { type ClaimRow, claimsSql, toOwnBooking } from "@/lib/availability/own-bookings";
import type { Tx } from "@/lib/database/client";
import { type Run, select } from "@/lib/database/direct";
import type { PrismaClient } from "@/lib/database/generated/client";
import type { Hold, Interval, OwnBooking } from "@/lib/scheduling/rules";

/** A hold as the database writes it: start and end in epoch milliseconds, buffers. */
export type HoldRow = [number, number, number, number];

/**
 * `HoldRow[]` of the organizer of an event type (e), around the slots between two instants (parameters), but for those of one
 * holder (a parameter, or NULL); null when there are none. Buffers are a day at most, on either side.
 */
export const holdsSql = (from: string, to: string, holder: string) => `
  (SELECT json_agg(json_build_array((extract(epoch FROM h."startsAt") * 1000)::bigint,
      (extract(epoch FROM h."endsAt") * 1000)::bigint, h."bufferBeforeMinutes", h."bufferAfterMinutes") ORDER BY h.id)
    FROM "SlotHold" h
    WHERE h."userId" = e."userId" AND h."expiresAt" > now() AND h."holderHash" IS DISTINCT FROM ${holder}
      AND h."startsAt" < ${to}::timestamptz + interval '2 days' AND h."endsAt" > ${from}::timestamptz - interval '2 days')`;

/** The hold that a row holds. */
export function toHold([start, end, bufferBeforeMinutes, bufferAfterMinutes]: HoldRow): Hold {
  return { start, end, bufferBeforeMinutes, bufferAfterMinutes };
}

const takenTime = `SELECT ${claimsSql("$2", "$3")} AS claims, ${holdsSql("$2", "$3", "$4::bytea")} AS holds
  FROM "EventType" e WHERE e.id = $1::uuid`;

interface Row {
  claims: ClaimRow[] | null;
  holds: HoldRow[] | null;
}

/**
 * What is taken for slots of an event type that lie between two instants (epoch milliseconds), as the holder of a hold sees it
 * (the hash of their key; null: nobody). Throws if the event type is gone.
 */
export async function listTakenTime(
  client: PrismaClient | Tx | Run,
  eventTypeId: string,
  range: Interval,
  holderHash: Uint8Array | null,
): Promise<{ bookings: OwnBooking[]; holds: Hold[] }> {
  const holder = holderHash && Buffer.from(holderHash);
  const values = [eventTypeId, new Date(range.start), new Date(range.end), holder];
  const [row] = await select<Row>(client, takenTime, values);
  if (!row) throw new Error("The event type is gone.");
  return { bookings: (row.claims ?? []).map(toOwnBooking), holds: (row.holds ?? []).map(toHold) };
}
