import type { Tx } from "@/lib/database/client";
import { type Run, select } from "@/lib/database/direct";
import type { PrismaClient } from "@/lib/database/generated/client";
import { hostTables, type Offer, remnantHostTables, remnants } from "@/lib/offers/offer";
import type { Interval, OwnBooking } from "@/lib/slot-engine/rules";

/** A claim as the database writes it: meeting, start and end in epoch milliseconds, buffers, same event type, seats taken. */
export type ClaimRow = [string, number, number, number, number, boolean, number];

const limitsByMonth = `num_nonnulls(e."monthlyLimit", e."monthlyLimitMinutes") > 0`;
const limitsByWeek = `
  num_nonnulls(e."dailyLimit", e."weeklyLimit", e."dailyLimitMinutes", e."weeklyLimitMinutes") > 0`;

// Whose event type a claim is of, and how many come, matters to limits and seats alone.
const isCounted = `coalesce(e.seats, 1) > 1 OR ${limitsByMonth} OR ${limitsByWeek}`;

// Weeks and months are counted whole, in whatever zone. Buffers are a day at most, on either side: of a claim, and of the event type.
const reach = (buffer: string) => `
  CASE WHEN ${limitsByMonth} THEN interval '33 days' WHEN ${limitsByWeek} THEN interval '9 days'
    ELSE make_interval(days => 1, mins => ${buffer}) END`;

const claim = `
  k."meetingId", (extract(epoch FROM lower(k.during)) * 1000)::bigint, (extract(epoch FROM upper(k.during)) * 1000)::bigint,
  k."bufferBeforeMinutes", k."bufferAfterMinutes"`;

const around = (from: string, to: string) => `
  k."hostId" = h."userId" AND k.during && tstzrange(
    ${from}::timestamptz - ${reach(`e."bufferBeforeMinutes"`)}, ${to}::timestamptz + ${reach(`e."bufferAfterMinutes"`)})`;

const isNear = (from: string, to: string) => `
  upper(k.during) > ${from}::timestamptz - make_interval(mins => k."bufferAfterMinutes" + e."bufferBeforeMinutes")
  AND lower(k.during) < ${to}::timestamptz + make_interval(mins => k."bufferBeforeMinutes" + e."bufferAfterMinutes")`;

/**
 * `ClaimRow[]` of all claims of a host (h) that matter for slots of an event type (e) that lie between two instants (parameters);
 * null when there are none.
 */
export const claimsSql = (from: string, to: string) => `
  CASE WHEN ${isCounted} THEN (
    SELECT json_agg(json_build_array(${claim}, m."eventTypeId" IS NOT DISTINCT FROM e.id,
      (SELECT count(*) FROM "Booking" b WHERE b."meetingId" = m.id AND b.status IN ('pending', 'confirmed'))))
    FROM "TimeClaim" k JOIN "Meeting" m ON m.id = k."meetingId" WHERE ${around(from, to)}
  ) ELSE (
    SELECT json_agg(json_build_array(${claim}, false, 1)) FROM "TimeClaim" k
    WHERE ${around(from, to)} AND ${isNear(from, to)}
  ) END`;

/** The booking that a row holds, named by its meeting. */
export function readClaim(row: ClaimRow): OwnBooking {
  const [id, start, end, bufferBeforeMinutes, bufferAfterMinutes, sameEventType, seatsTaken] = row;
  return { id, start, end, bufferBeforeMinutes, bufferAfterMinutes, sameEventType, seatsTaken };
}

const claimsOf = (tables: string) =>
  `SELECT h."userId" AS host, ${claimsSql("$2", "$3")} AS claims FROM ${tables} WHERE e.id = $1::uuid`;

const claimsOfHosts = claimsOf(hostTables);
const claimsOfRemnant = claimsOf(remnantHostTables);

/** Bookings by the id of the host whose time they take. */
export type OwnBookings = ReadonlyMap<string, OwnBooking[]>;

/**
 * The claims of each host of an offer that matter for slots of it that lie between two instants (epoch milliseconds).
 * Throws if it is gone.
 */
export async function listOwnBookings(
  client: PrismaClient | Tx | Run,
  { eventType, isRemnant }: Pick<Offer, "eventType" | "isRemnant">,
  range: Interval,
): Promise<OwnBookings> {
  const values = [eventType.id, new Date(range.start), new Date(range.end)];
  const rows = await select<{ host: string; claims: ClaimRow[] | null }>(
    client,
    isRemnant ? claimsOfRemnant : claimsOfHosts,
    values,
  );
  if (rows.length === 0) throw new Error("The event type is gone.");
  return new Map(rows.map(({ host, claims }) => [host, (claims ?? []).map(readClaim)]));
}

const claimsOfPeople = (eventTypes: string) => `
  SELECT h."userId" AS host, ${claimsSql("$2", "$3")} AS claims
  FROM ${eventTypes} e, (SELECT unnest($4::uuid[]) AS "userId") h WHERE e.id = $1::uuid`;

const claimsOfPeopleForEventType = claimsOfPeople(`"EventType"`);
const claimsOfPeopleForRemnant = claimsOfPeople(remnants);

/** The same of some people, whether they host the event type or not. */
export async function listBookingsOf(
  client: PrismaClient | Tx | Run,
  { eventType, isRemnant }: Pick<Offer, "eventType" | "isRemnant">,
  userIds: readonly string[],
  range: Interval,
): Promise<OwnBookings> {
  const values = [eventType.id, new Date(range.start), new Date(range.end), userIds];
  const statement = isRemnant ? claimsOfPeopleForRemnant : claimsOfPeopleForEventType;
  const rows = await select<{ host: string; claims: ClaimRow[] | null }>(client, statement, values);
  return new Map(rows.map(({ host, claims }) => [host, (claims ?? []).map(readClaim)]));
}
