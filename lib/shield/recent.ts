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
  /** With all organizers, from anywhere: naming the one of the same mailboxes that is named most. */
  recipientAnywhere: Count;
  /** From the same network: how often it asked for what there isn't, in this hour of the clock and the one before. */
  lookups: Count;
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
  recipientAnywhere: { count: 0, since: null },
  lookups: { count: 0, since: null },
};

/** The newest bookings that are looked at. More change no verdict: they are above every step and quota. */
const maxOfOrganizer = 100;
/** The same where the network says nothing, and only the mailbox counts. */
const maxOfMailbox = 60;
const maxOfNetwork = 300;
const maxOfRecipient = 120;

const counted = (name: string, flag: string) => `
  '${name}', json_build_object('count', count(*) FILTER (WHERE ${flag}),
    'since', (extract(epoch FROM min("createdAt") FILTER (WHERE ${flag})) * 1000)::bigint)`;

const ofOrganizer = (
  parameters: Parameters,
  { newest, near, whose }: { newest: number; near: string; whose: Whose },
) => `(
  SELECT json_build_object(${[
    counted("organizer", "true"),
    counted("recipient", `"namesOneOfThem"`),
    counted("cancelled", `"isOurs" AND "isCancelled"`),
    counted("waiting", `"isOurs" AND "isWaiting"`),
    counted("waitingHere", `"isWaiting" AND "isSameVisitor"`),
    near,
  ].join(",")})
  FROM (${whoseBookings[whose].map((where) => newestOf(parameters, where, newest)).join(" UNION ALL ")}) own)`;

// Whatever was booked lately was amended lately, which there is an index of.
const newestOf = ({ network, recipients, since }: Parameters, where: string, newest: number) => `(
  SELECT "createdAt", "networkHash" = ${network}::bigint AS "isOurs", "cancelledBy" = 'visitor' AS "isCancelled",
    "confirmBy" IS NOT NULL AS "isWaiting", "recipientHashes" && ${recipients}::bigint[] AS "namesOneOfThem",
    "recipientHashes"[1] = (${recipients}::bigint[])[1] AS "isSameVisitor"
  FROM "Booking" WHERE ${where} AND "amendedAt" > ${since}::timestamptz AND "createdAt" > ${since}::timestamptz AND "networkHash" IS NOT NULL
  ORDER BY "amendedAt" DESC LIMIT ${newest})`;

const ofNetwork = ({ network, since }: Parameters) => `
  'network', (
    SELECT json_build_object('count', coalesce(sum(cardinality("recipientHashes")), 0),
      'since', (extract(epoch FROM min("createdAt")) * 1000)::bigint)
    FROM (SELECT "createdAt", "recipientHashes" FROM "Booking"
      WHERE "networkHash" = ${network}::bigint AND "createdAt" > ${since}::timestamptz
      ORDER BY "createdAt" DESC LIMIT ${maxOfNetwork}) near),
  'lookups', (
    SELECT json_build_object('count', coalesce(sum(count), 0), 'since', NULL)
    FROM "FailedLookup" WHERE "networkHash" = ${network}::bigint AND hour > ${since}::timestamptz - interval '1 hour')`;

/** When the first was made isn't asked: it would cost a sort. */
const ofRecipients = ({ recipients, since }: Parameters) => `
  'recipientAnywhere', (
    SELECT json_build_object('since', NULL, 'count', coalesce(max((
      SELECT count(*) FROM (
        SELECT FROM "RecipientTrace" t WHERE t.hash = one.hash AND t."createdAt" > ${since}::timestamptz
        LIMIT ${maxOfRecipient}) named)), 0))
    FROM unnest(${recipients}::bigint[]) one(hash))`;

const nothing = `'{"count": 0, "since": null}'::json`;

/** Whose bookings are counted: those of the organizer o, or where an event type e is a team's, of that team. */
type Whose = "organizer" | "organizer_or_team";

/**
 * Of an event type's two conditions one never holds. They share one count, since PostgreSQL prepares every part of a statement each time it
 * runs, also the parts that it never comes to.
 */
const whoseBookings = {
  organizer: [`"ownerId" = o.id`],
  organizer_or_team: [`e."teamId" IS NULL AND "ownerId" = o.id`, `"teamId" = e."teamId"`],
} satisfies Record<Whose, string[]>;

/** The places of the network's hash (bigint), the mailboxes' hashes (bigint[]) and since when (timestamptz). */
interface Parameters {
  network: string;
  recipients: string;
  since: string;
}

/**
 * `Recent` of a host's organizer o, as the database writes it; null for senders who are trusted. A text of its own for each kind of sender: with
 * one for all, nulls among the values would make PostgreSQL plan every time.
 */
export function recentSql(sender: SenderKind, parameters: Parameters, whose: Whose = "organizer"): string {
  switch (sender) {
    case "trusted":
      return "NULL::json";
    case "unknown_network":
      return ofOrganizer(parameters, {
        newest: maxOfMailbox,
        whose,
        near: `'network', ${nothing}, 'lookups', ${nothing}, 'recipientAnywhere', ${nothing}`,
      });
    case "known_network":
      return ofOrganizer(parameters, {
        newest: maxOfOrganizer,
        whose,
        near: `${ofNetwork(parameters)}, ${ofRecipients(parameters)}`,
      });
  }
}

export type SenderKind = "trusted" | "unknown_network" | "known_network";

/** Which of those texts is for a sender who leaves these traces. */
export function senderKind(traces: Traces | null): SenderKind {
  if (!traces) return "trusted";
  return traces.isNetworkKnown ? "known_network" : "unknown_network";
}

/** The values of those parameters; none for senders who are trusted. */
export function recentValues(traces: Traces | null, now: number): unknown[] {
  return traces ? [traces.networkHash, traces.recipientHashes, new Date(now - windowMs)] : [];
}

/** What counts with each of some hosts, for all of them together; null: nothing was counted. */
export function togetherOf([first, ...others]: readonly Recent[]): Recent | null {
  if (!first) return null;
  return others.reduce(
    (sum, recent) => ({
      organizer: add(sum.organizer, recent.organizer),
      recipient: add(sum.recipient, recent.recipient),
      cancelled: add(sum.cancelled, recent.cancelled),
      waiting: add(sum.waiting, recent.waiting),
      waitingHere: add(sum.waitingHere, recent.waitingHere),
      network: sum.network,
      recipientAnywhere: sum.recipientAnywhere,
      lookups: sum.lookups,
    }),
    first,
  );
}

function add(one: Count, other: Count): Count {
  const instants = [one.since, other.since].filter((since) => since !== null);
  return {
    count: one.count + other.count,
    since: instants.length > 0 ? Math.min(...instants) : null,
  };
}
