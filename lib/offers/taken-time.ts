import type { Hold } from "@/lib/slot-engine/rules";

/** A hold as the database writes it: start and end in epoch milliseconds, buffers. */
export type HoldRow = [number, number, number, number];

/**
 * `HoldRow[]` of a host (h), around the slots between two instants (parameters), but for those of one
 * holder (a parameter, or NULL); null when there are none. Buffers are a day at most, on either side.
 */
export const holdsSql = (from: string, to: string, holder: string) => `
  (SELECT json_agg(json_build_array((extract(epoch FROM held."startsAt") * 1000)::bigint,
      (extract(epoch FROM held."endsAt") * 1000)::bigint, held."bufferBeforeMinutes", held."bufferAfterMinutes") ORDER BY held.id)
    FROM "SlotHold" held
    WHERE held."userId" = h."userId" AND held."expiresAt" > now() AND coalesce(held."leadHash", held."holderHash") IS DISTINCT FROM ${holder}
      AND held."startsAt" < ${to}::timestamptz + interval '2 days' AND held."endsAt" > ${from}::timestamptz - interval '2 days')`;

/** The hold that a row holds. */
export function toHold([start, end, bufferBeforeMinutes, bufferAfterMinutes]: HoldRow): Hold {
  return { start, end, bufferBeforeMinutes, bufferAfterMinutes };
}
