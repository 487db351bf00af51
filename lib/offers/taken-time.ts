import type { Hold } from "@/lib/slot-engine/rules";

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
