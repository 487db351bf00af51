import type { Tx } from "@/lib/database/client";
import type { PrismaClient } from "@/lib/database/generated/client";
import { isAddressPart } from "@/lib/input/id";
import type { BookingWindow, EventRules, OwnBooking, ScheduleRules } from "@/lib/scheduling/rules";

/** What an organizer offers under one address: all that the engine and a booking need to know of it, in one query. */
export interface Offer {
  organizer: { id: string; name: string; handle: string };
  eventType: OfferedEventType;
  schedule: ScheduleRules;
  /** State of the organizer's Microsoft connection; null without one. */
  connectionState: "connected" | "limited" | "reconnect_needed" | null;
}

export interface OfferedEventType extends EventRules {
  id: string;
  slug: string;
  title: string;
  description: string;
  location: Location;
  fallbackLocation: Location | null;
  requiresApproval: boolean;
  /** How long a request may wait for its organizer; null: until it starts. */
  approvalHours: number | null;
  invitations: "outlook" | "bellhop";
  questions: Question[];
  subjectTemplate: string;
  hidden: boolean;
}

export interface Location {
  kind: "teams" | "link" | "phone" | "in_person" | "none";
  value?: string;
}

export interface Question {
  id: string;
  label: string;
  kind: string;
  required: boolean;
  options?: string[];
}

interface OfferRow {
  userId: string;
  name: string;
  handle: string;
  connectionState: Offer["connectionState"];
  timeZone: string;
  weekly: ScheduleRules["weekly"];
  overrides: ScheduleRules["overrides"];
  eventType: EventTypeRow;
}

/** The row as PostgreSQL's to_jsonb gives it. */
interface EventTypeRow
  extends Omit<
    OfferedEventType,
    "limits" | "window" | "seats" | "slotIntervalMinutes" | "slotOffsetMinutes"
  > {
  window: BookingWindow;
  slotIntervalMinutes: number | null;
  slotOffsetMinutes: number | null;
  dailyLimit: number | null;
  weeklyLimit: number | null;
  seats: number | null;
}

type Client = PrismaClient | Tx;

/** The offer at `/{handle}/{slug}`, hidden or not; null when there is none. */
export async function getOffer(client: Client, handle: string, slug: string): Promise<Offer | null> {
  if (!isAddressPart(handle) || !isAddressPart(slug)) return null;
  const rows = await client.$queryRaw<OfferRow[]>`
    SELECT u.id AS "userId", u.name, u.handle, c.state::text AS "connectionState",
           s."timeZone", s.weekly, s.overrides, to_jsonb(e) AS "eventType"
    FROM "User" u
    JOIN "EventType" e ON e."userId" = u.id
    JOIN "Schedule" s ON s.id = e."scheduleId"
    LEFT JOIN "MeetingProviderConnection" c ON c."userId" = u.id AND c.provider = 'teams'
    WHERE u.handle = ${handle.toLowerCase()} AND e.slug = ${slug.toLowerCase()}`;
  return rows[0] ? toOffer(rows[0]) : null;
}

/** The offer that an event type makes now, by its id; null when the event type is gone. */
export async function getOfferById(client: Client, eventTypeId: string): Promise<Offer | null> {
  const rows = await client.$queryRaw<OfferRow[]>`
    SELECT u.id AS "userId", u.name, u.handle, c.state::text AS "connectionState",
           s."timeZone", s.weekly, s.overrides, to_jsonb(e) AS "eventType"
    FROM "EventType" e
    JOIN "User" u ON u.id = e."userId"
    JOIN "Schedule" s ON s.id = e."scheduleId"
    LEFT JOIN "MeetingProviderConnection" c ON c."userId" = u.id AND c.provider = 'teams'
    WHERE e.id = ${eventTypeId}::uuid`;
  return rows[0] ? toOffer(rows[0]) : null;
}

function toOffer(row: OfferRow): Offer {
  const { dailyLimit, weeklyLimit, seats, slotIntervalMinutes, slotOffsetMinutes, ...eventType } =
    row.eventType;
  return {
    organizer: { id: row.userId, name: row.name, handle: row.handle },
    connectionState: row.connectionState,
    schedule: { timeZone: row.timeZone, weekly: row.weekly, overrides: row.overrides },
    eventType: {
      ...eventType,
      slotIntervalMinutes: slotIntervalMinutes ?? undefined,
      slotOffsetMinutes: slotOffsetMinutes ?? undefined,
      seats: seats ?? undefined,
      limits: { dayCount: dailyLimit ?? undefined, weekCount: weeklyLimit ?? undefined },
    },
  };
}

const dayMs = 24 * 3600 * 1000;

/** Far enough for any buffer, and for whole weeks in any zone where limits are counted. */
const reachDays = { buffers: 2, limits: 9 };

/**
 * The organizer's claims that matter for slots between two instants (epoch milliseconds), each named by its meeting.
 * `ownMeetingId` leaves one meeting's claim out.
 */
export async function listOwnBookings(
  client: Client,
  offer: Offer,
  range: { from: number; to: number },
): Promise<OwnBooking[]> {
  const { limits } = offer.eventType;
  const reach = (Object.values(limits).some(Boolean) ? reachDays.limits : reachDays.buffers) * dayMs;
  const from = new Date(range.from - reach).toISOString();
  const to = new Date(range.to + reach).toISOString();
  return client.$queryRaw<OwnBooking[]>`
    SELECT c."meetingId"::text AS id,
           (extract(epoch FROM lower(c.during)) * 1000)::float8 AS start,
           (extract(epoch FROM upper(c.during)) * 1000)::float8 AS end,
           c."bufferBeforeMinutes", c."bufferAfterMinutes",
           m."eventTypeId" IS NOT DISTINCT FROM ${offer.eventType.id}::uuid AS "sameEventType",
           (SELECT count(*) FROM "Booking" b
             WHERE b."meetingId" = m.id AND b.status IN ('pending', 'confirmed'))::int AS "seatsTaken"
    FROM "TimeClaim" c
    JOIN "Meeting" m ON m.id = c."meetingId"
    WHERE c."userId" = ${offer.organizer.id}::uuid
      AND c.during && tstzrange(${from}::timestamptz, ${to}::timestamptz)`;
}
