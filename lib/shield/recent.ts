/** What unconfirmed senders have done in the last hour, read together with the offer that is asked for. */

import { type Traces, traceColumns } from "@/lib/shield/traces";

/** How far back it is looked, in milliseconds. */
export const windowMs = 3600_000;

/** Counts of the last hour's bookings by senders who are neither trusted nor confirmed. */
export interface Recent {
  /** With this organizer, from anywhere. */
  organizer: number;
  /** With this organizer, naming one of the same mailboxes. */
  recipient: number;
  /** With this organizer, from the same network: cancelled by its sender. */
  cancelled: number;
  /** With this organizer, from the same network: asked to be confirmed, and never confirmed. */
  waiting: number;
  /** With this organizer, for the same visitor's mailbox: asked to be confirmed, and never confirmed. */
  waitingHere: number;
  /** With all organizers, from the same network: how many people they named. */
  network: number;
  /** With all organizers, from anywhere: naming the one of the same mailboxes that is named most. */
  recipientAnywhere: number;
  /** From the same network: how often it asked for what there isn't, in this hour of the clock and the one before. */
  lookups: number;
}

/** No one has done anything. */
export const nothingRecent: Recent = {
  organizer: 0,
  recipient: 0,
  cancelled: 0,
  waiting: 0,
  waitingHere: 0,
  network: 0,
  recipientAnywhere: 0,
  lookups: 0,
};

/** When the first of those was made that one of the quotas counts, epoch milliseconds; null: there are none. */
export type Beginnings = Record<
  "organizer" | "recipient" | "waiting" | "waitingHere" | "network",
  number | null
>;

/** From how many bookings of one organizer on much is going on, and from how many failed look-ups on a network guesses. */
export const busyOrganizer = 30;
export const guessingNetwork = 20;

/** The newest bookings that are looked at. More change no verdict: they are above every step and quota. */
const maxOfOrganizer = 100;
/** The same where the network says nothing, and only the mailbox counts. */
const maxOfMailbox = 60;
const maxOfNetwork = 300;
const maxOfRecipient = 120;

/** What is counted of an organizer's bookings. */
const flags = {
  organizer: "true",
  recipient: `"namesOneOfThem"`,
  cancelled: `"isOurs" AND "isCancelled"`,
  waiting: `"isOurs" AND "isWaiting"`,
  waitingHere: `"isWaiting" AND "isSameVisitor"`,
};

const count = (flag: string) => `count(*) FILTER (WHERE ${flag})`;
const beginning = (flag: string) =>
  `(extract(epoch FROM min("createdAt") FILTER (WHERE ${flag})) * 1000)::bigint`;

function ofOrganizer(
  parameters: Parameters,
  {
    newest,
    near,
    whose,
    what,
  }: { newest: number; near: string; whose: Whose; what: (flag: string) => string },
): string {
  const own = Object.entries(flags).map(([name, flag]) => `'${name}', ${what(flag)}`);
  return `(
  SELECT json_build_object(${[...own, near].join(", ")})
  FROM (${whoseBookings[whose].map((where) => newestOf(parameters, where, newest)).join(" UNION ALL ")}) own)`;
}

// Whatever was booked lately was amended lately, which there is an index of.
const newestOf = ({ network, recipients, since }: Parameters, where: string, newest: number) => `(
  SELECT "createdAt", "networkHash" = ${network}::bigint AS "isOurs", "cancelledBy" = 'visitor' AS "isCancelled",
    "confirmBy" IS NOT NULL AS "isWaiting", "recipientHashes" && ${recipients}::bigint[] AS "namesOneOfThem",
    "recipientHashes"[1] = (${recipients}::bigint[])[1] AS "isSameVisitor"
  FROM "Booking" WHERE ${where} AND "amendedAt" > ${since}::timestamptz AND "createdAt" > ${since}::timestamptz AND "networkHash" IS NOT NULL
  ORDER BY "amendedAt" DESC LIMIT ${newest})`;

const ofNetwork = ({ network, since }: Parameters, what: string) => `(
    SELECT ${what} FROM (SELECT "createdAt", "recipientHashes" FROM "Booking"
      WHERE "networkHash" = ${network}::bigint AND "createdAt" > ${since}::timestamptz
      ORDER BY "createdAt" DESC LIMIT ${maxOfNetwork}) near)`;

const lookupsOf = ({ network, since }: Parameters) => `(
    SELECT coalesce(sum(count), 0) FROM "FailedLookup"
    WHERE "networkHash" = ${network}::bigint AND hour > ${since}::timestamptz - interval '1 hour')`;

const ofRecipients = ({ recipients, since }: Parameters) => `(
    SELECT coalesce(max((
      SELECT count(*) FROM (
        SELECT FROM "RecipientTrace" t WHERE t.hash = one.hash AND t."createdAt" > ${since}::timestamptz
        LIMIT ${maxOfRecipient}) named)), 0)
    FROM unnest(${recipients}::bigint[]) one(hash))`;

/** Whose bookings are counted: those of the organizer o, or of the team whose event type e is. */
type Whose = "organizer" | "team" | "organizer_or_team";

/** Where either may be, one of the conditions never holds. It costs a little more: PostgreSQL prepares what it never comes to as well. */
const whoseBookings = {
  organizer: [`"ownerId" = o.id`],
  team: [`"teamId" = e."teamId"`],
  organizer_or_team: [`e."teamId" IS NULL AND "ownerId" = o.id`, `"teamId" = e."teamId"`],
} satisfies Record<Whose, string[]>;

/** The places of the network's hash (bigint), the mailboxes' hashes (bigint[]) and since when (timestamptz). */
interface Parameters {
  network: string;
  recipients: string;
  since: string;
}

/**
 * True where something is known of a sender on a known network that may change what becomes of their booking: their network or one of the
 * mailboxes was seen lately, someone has blocked them (`blockValues`: text[]), or the organizer is in great demand. False for most, whose `Recent`
 * then says nothing: asking that costs less than half of counting it all.
 */
export function isHeardOfSql(
  { network, recipients, since }: Parameters,
  blockValues: string,
  whose: Whose,
): string {
  const seen = [
    `"Booking" WHERE "networkHash" = ${network}::bigint AND "createdAt" > ${since}::timestamptz`,
    `"RecipientTrace" WHERE hash = ANY(${recipients}::bigint[]) AND "createdAt" > ${since}::timestamptz`,
    `"FailedLookup" WHERE "networkHash" = ${network}::bigint AND hour > ${since}::timestamptz - interval '1 hour' AND count >= ${guessingNetwork / 2}`,
    `"Block" WHERE value = ANY(${blockValues}::text[])`,
    ...whoseBookings[whose].map(
      (where) =>
        `"Booking" WHERE ${where} AND "amendedAt" > ${since}::timestamptz OFFSET ${busyOrganizer - 1}`,
    ),
  ];
  return `(${seen.map((what) => `EXISTS (SELECT FROM ${what})`).join(" OR ")})`;
}

/**
 * `Recent` of a host's organizer o, as the database writes it. A text of its own for each kind of sender: with one for all, nulls among the
 * values would make PostgreSQL plan every time.
 */
export function recentSql(
  sender: Exclude<SenderKind, "trusted">,
  parameters: Parameters,
  whose: Whose,
): string {
  switch (sender) {
    case "unknown_network":
      return ofOrganizer(parameters, {
        newest: maxOfMailbox,
        whose,
        what: count,
        near: `'network', 0, 'lookups', 0, 'recipientAnywhere', 0`,
      });
    case "known_network": {
      const people = ofNetwork(parameters, `coalesce(sum(cardinality("recipientHashes")), 0)`);
      return ofOrganizer(parameters, {
        newest: maxOfOrganizer,
        whose,
        what: count,
        near: `'network', ${people}, 'lookups', ${lookupsOf(parameters)}, 'recipientAnywhere', ${ofRecipients(parameters)}`,
      });
    }
  }
}

/** `Beginnings` of the same, wherever the sender is. Only who is refused needs to know. */
export function beginningsSql(parameters: Parameters): string {
  const first = ofNetwork(parameters, beginning("true"));
  return ofOrganizer(parameters, {
    newest: maxOfOrganizer,
    whose: "organizer_or_team",
    what: beginning,
    near: `'network', ${first}`,
  });
}

export type SenderKind = "trusted" | "unknown_network" | "known_network";

/** Which of those texts is for a sender who leaves these traces. */
export function senderKind(traces: Traces | null): SenderKind {
  if (!traces) return "trusted";
  return traces.isNetworkKnown ? "known_network" : "unknown_network";
}

/** The values of those parameters; none for senders who are trusted. */
export function recentValues(traces: Traces | null, now: number): unknown[] {
  if (!traces) return [];
  const { networkHash, recipientHashes } = traceColumns(traces);
  return [networkHash, recipientHashes, new Date(now - windowMs)];
}

/** What counts with each of some hosts, for all of them together; null: nothing was counted. */
export function togetherOf([first, ...others]: readonly Recent[]): Recent | null {
  if (!first) return null;
  return others.reduce(
    (sum, recent) => ({
      network: sum.network,
      recipientAnywhere: sum.recipientAnywhere,
      lookups: sum.lookups,
      organizer: sum.organizer + recent.organizer,
      recipient: sum.recipient + recent.recipient,
      cancelled: sum.cancelled + recent.cancelled,
      waiting: sum.waiting + recent.waiting,
      waitingHere: sum.waitingHere + recent.waitingHere,
    }),
    first,
  );
}
