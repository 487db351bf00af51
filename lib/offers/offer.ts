import type { OwnerScope } from "@/lib/auth/owner-scope";
import type { Tx } from "@/lib/database/client";
import { type Run, run, select } from "@/lib/database/direct";
import type { PrismaClient } from "@/lib/database/generated/client";
import { isAddressPart, isId } from "@/lib/input/id";
import type { BookingWindow, EventRules, ScheduleRules } from "@/lib/slot-engine/rules";

/** What an organizer offers under one address: all that the engine and a booking need to know of it, in one query. */
export interface Offer {
  organizer: { id: string; name: string; handle: string };
  eventType: OfferedEventType;
  schedule: ScheduleRules & {
    /** Why each of the closed dates is closed: the name of its holiday. */
    closedDateNames: Readonly<Record<string, string>>;
  };
  /** State of the organizer's Microsoft connection; null without one. */
  connectionState: "connected" | "limited" | "reconnect_needed" | null;
  /** Their calendar is read, and nothing is written to it. */
  isReadOnly: boolean;
  /** The event type was deleted: this is what one of its bookings keeps of it, and the id is the booking's. */
  isRemnant: boolean;
}

export interface OfferedEventType extends EventRules {
  id: string;
  slug: string;
  title: string;
  description: string;
  location: Location;
  fallbackLocation: Location | null;
  requiresApproval: boolean;
  /** A visitor who moves an approved booking asks again. */
  rescheduleNeedsApproval: boolean;
  /** How long a request may wait for its organizer; null: until it starts. */
  approvalHours: number | null;
  invitations: "outlook" | "bellhop";
  questions: Question[];
  subjectTemplate: string;
  hidden: boolean;
  /** Which bookings their visitor has to confirm from their own mailbox. */
  emailCheck: "never" | "suspicious" | "always";
  requiresLink: boolean;
  redirectUrl: string | null;
  /** As its row keeps them (lib/meetings/options.ts). */
  meetingOptions: unknown;
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

/** An offer as the database writes it, in JSON. */
export interface OfferRow {
  userId: string;
  name: string;
  handle: string;
  connectionState: Offer["connectionState"];
  isReadOnly: boolean;
  timeZone: string;
  weekly: ScheduleRules["weekly"];
  overrides: ScheduleRules["overrides"];
  travel: ScheduleRules["travel"];
  closedDates: Record<string, string>;
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
  monthlyLimit: number | null;
  dailyLimitMinutes: number | null;
  weeklyLimitMinutes: number | null;
  monthlyLimitMinutes: number | null;
  seats: number | null;
}

type Client = PrismaClient | Tx | Run;

/** `OfferRow` of the tables u(ser), s(chedule), e(vent type) and c(onnection). */
export const offerSql = `
  jsonb_build_object('userId', u.id, 'name', u.name, 'handle', u.handle, 'connectionState', c.state,
    'isReadOnly', EXISTS (SELECT 1 FROM "CalendarRules" r WHERE r."userId" = u.id AND r."readOnly"),
    'timeZone', s."timeZone", 'weekly', s.weekly, 'overrides', s.overrides, 'travel', s.travel, 'closedDates', s."closedDates",
    'eventType', to_jsonb(e))`;

const tablesWith = (eventTypes: string) => `
  "User" u
  JOIN ${eventTypes} e ON e."userId" = u.id
  JOIN "Schedule" s ON s.id = e."scheduleId"
  LEFT JOIN "MeetingProviderConnection" c ON c."userId" = u.id AND c.provider = 'teams'`;

/** Those tables, joined. */
export const offerTables = tablesWith(`"EventType"`);

/**
 * Event types that were deleted, as each booking keeps its own: length, place and buffers as they were booked, in the organizer's default
 * schedule, every quarter of an hour. Nothing of it can be booked any more.
 */
export const remnants = `(
  SELECT (jsonb_populate_record(NULL::"EventType", jsonb_build_object(
    'id', b.id, 'userId', b."ownerId", 'slug', '', 'title', b.title, 'description', '',
    'scheduleId', (SELECT f.id FROM "Schedule" f WHERE f."userId" = b."ownerId" ORDER BY f."isDefault" DESC, f.id LIMIT 1),
    'durationsMinutes', jsonb_build_array((extract(epoch FROM b."endsAt" - b."startsAt") / 60)::int),
    'slotIntervalMinutes', 15, 'bufferBeforeMinutes', coalesce(k."bufferBeforeMinutes", 0), 'bufferAfterMinutes', coalesce(k."bufferAfterMinutes", 0),
    'minimumNoticeMinutes', 0, 'window', '{"kind": "none"}'::jsonb,
    'location', jsonb_strip_nulls(jsonb_build_object('kind', m.kind, 'value', m.place)),
    'requiresApproval', false, 'rescheduleNeedsApproval', false, 'approvalHours', NULL,
    'invitations', m.invitations, 'outlookChanges', 'apply', 'notifications', '{}'::jsonb, 'questions', '[]'::jsonb,
    'subjectTemplate', m."subjectTemplate", 'hidden', true, 'requiresLink', true, 'emailCheck', 'suspicious',
    'meetingOptions', coalesce(m.options, '{}'::jsonb), 'changePolicy', '{}'::jsonb
  ))).*
  FROM "Booking" b JOIN "Meeting" m ON m.id = b."meetingId"
  LEFT JOIN "TimeClaim" k ON k."meetingId" = m.id AND k."hostId" = m."hostId"
  WHERE b."eventTypeId" IS NULL AND b.id = $1::uuid)`;

/** The same with a remnant, the id of whose booking is the first parameter. */
export const remnantTables = tablesWith(remnants);

const offerByAddress = `SELECT ${offerSql} AS offer FROM ${offerTables} WHERE u.handle = $1 AND e.slug = $2`;
const remnantById = `SELECT ${offerSql} AS offer FROM ${remnantTables} WHERE e.id = $1::uuid`;
const offerById = `SELECT ${offerSql} AS offer FROM ${offerTables} WHERE e.id = $1::uuid`;

/** The offer at `/{handle}/{slug}`, hidden or not; null when there is none. */
export async function getOffer(client: Client, handle: string, slug: string): Promise<Offer | null> {
  const address = readAddress(handle, slug);
  if (!address) return null;
  const [row] = await select<{ offer: OfferRow }>(client, offerByAddress, address);
  return row ? toOffer(row.offer) : null;
}

/** Handle and slug as they are kept; null for what can be no address. */
export function readAddress(handle: string, slug: string): [handle: string, slug: string] | null {
  return isAddressPart(handle) && isAddressPart(slug) ? [handle.toLowerCase(), slug.toLowerCase()] : null;
}

/** The offer that an event type makes now, by its id; null when the event type is gone. */
export async function getOfferById(client: Client, eventTypeId: string): Promise<Offer | null> {
  const [row] = await select<{ offer: OfferRow }>(client, offerById, [eventTypeId]);
  return row ? toOffer(row.offer) : null;
}

/** One of the organizer's own offers; null for an event type of anyone else, and for an id that is none. */
export async function getOwnOffer(scope: OwnerScope, eventTypeId: string): Promise<Offer | null> {
  const offer = isId(eventTypeId) ? await getOfferById(run, eventTypeId) : null;
  return offer?.organizer.id === scope.ownerId ? offer : null;
}

/** What a booking keeps of an event type that was deleted; null while there is one. */
export async function getRemnant(client: Client, bookingId: string): Promise<Offer | null> {
  const [row] = await select<{ offer: OfferRow }>(client, remnantById, [bookingId]);
  return row ? { ...toOffer(row.offer), isRemnant: true } : null;
}

/** The offer that a row holds. */
export function toOffer(row: OfferRow): Offer {
  const {
    dailyLimit,
    weeklyLimit,
    monthlyLimit,
    dailyLimitMinutes,
    weeklyLimitMinutes,
    monthlyLimitMinutes,
    seats,
    slotIntervalMinutes,
    slotOffsetMinutes,
    ...eventType
  } = row.eventType;
  return {
    organizer: { id: row.userId, name: row.name, handle: row.handle },
    connectionState: row.connectionState,
    isReadOnly: row.isReadOnly,
    isRemnant: false,
    schedule: {
      timeZone: row.timeZone,
      weekly: row.weekly,
      overrides: row.overrides,
      travel: row.travel,
      closedDates: Object.keys(row.closedDates),
      closedDateNames: row.closedDates,
    },
    eventType: {
      ...eventType,
      slotIntervalMinutes: slotIntervalMinutes ?? undefined,
      slotOffsetMinutes: slotOffsetMinutes ?? undefined,
      seats: seats ?? undefined,
      limits: {
        dayCount: dailyLimit ?? undefined,
        weekCount: weeklyLimit ?? undefined,
        monthCount: monthlyLimit ?? undefined,
        dayMinutes: dailyLimitMinutes ?? undefined,
        weekMinutes: weeklyLimitMinutes ?? undefined,
        monthMinutes: monthlyLimitMinutes ?? undefined,
      },
    },
  };
}
