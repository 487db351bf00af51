/** What unconfirmed senders have done in the last hour, read together with the offer that is asked for. */

import type { Traces } from "@/lib/shield/traces";

/** How far back it is looked, in milliseconds. */
export const windowMs = 3600_000;

/** Counts of the last hour's bookings by senders who are neither trusted nor confirmed. */
export interface Recent {
  /** With this organizer, from anywhere. */
  organizer: Count;
  /** With this organizer, naming one of the same mailboxes. */
  recipient: Count;
  /** With this organizer, from the same network: cancelled by its sender. */
  cancelled: Count;
  /** With this organizer, from the same network: asked to be confirmed, and never confirmed. */
  waiting: Count;
  /** With this organizer, for the same visitor's mailbox: asked to be confirmed, and never confirmed. */
  waitingHere: Count;
  /** With all organizers, from the same network: how many people they named. */
  network: Count;
}

export interface Count {
  count: number;
  /** When the first of them was made, epoch milliseconds; null: there are none. */
  since: number | null;
}

/** No one has done anything. */
export const nothingRecent: Recent = {
  organizer: { count: 0, since: null },
  recipient: { count: 0, since: null },
  cancelled: { count: 0, since: null },
  waiting: { count: 0, since: null },
  waitingHere: { count: 0, since: null },
  network: { count: 0, since: null },
};

/** The newest bookings that are looked at. More change no verdict: they are above every step and quota. */
const maxOfOrganizer = 150;
const maxOfNetwork = 300;

const counted = (name: string, condition: string) => `
  '${name}', json_build_object('count', count(*) FILTER (WHERE ${condition}),
    'since', (extract(epoch FROM min("createdAt") FILTER (WHERE ${condition})) * 1000)::bigint)`;

/**
 * `Recent` of the owner o, as the database writes it; null where the hashes are null. The parameters name the network's hash (bytea), the
 * mailboxes' hashes (text[]), since when (timestamptz), and the network's hash again, or null where it says nothing.
 */
export const recentSql = (network: string, recipients: string, since: string, knownNetwork: string) => `
  CASE WHEN ${network}::bytea IS NULL THEN NULL ELSE (
    SELECT jsonb_build_object(${[
      counted("organizer", "true"),
      counted("recipient", `"recipientHashes" && ${recipients}::text[]`),
      counted("cancelled", `"isOurs" AND "cancelledBy" = 'visitor'`),
      counted("waiting", `"isOurs" AND "confirmBy" IS NOT NULL`),
      counted("waitingHere", `"confirmBy" IS NOT NULL AND "recipientHashes"[1] = (${recipients}::text[])[1]`),
    ].join(",")})
    FROM (SELECT "createdAt", "recipientHashes", "cancelledBy", "confirmBy", "networkHash" = ${network}::bytea AS "isOurs"
      FROM "Booking" WHERE "ownerId" = o.id AND "createdAt" > ${since}::timestamptz AND "networkHash" IS NOT NULL
      ORDER BY "createdAt" DESC LIMIT ${maxOfOrganizer}) own
  ) || (
    SELECT jsonb_build_object('network', json_build_object('count', coalesce(sum(cardinality("recipientHashes")), 0),
      'since', (extract(epoch FROM min("createdAt")) * 1000)::bigint))
    FROM (SELECT "createdAt", "recipientHashes" FROM "Booking"
      WHERE "networkHash" = ${knownNetwork}::bytea AND "createdAt" > ${since}::timestamptz
      ORDER BY "createdAt" DESC LIMIT ${maxOfNetwork}) near
  ) END`;

/** The values of those parameters; null for senders who are trusted. */
export function recentValues(traces: Traces | null, now: number): unknown[] {
  const { networkHash = null, recipientHashes = null, isNetworkKnown = false } = traces ?? {};
  return [networkHash, recipientHashes, new Date(now - windowMs), isNetworkKnown ? networkHash : null];
}
