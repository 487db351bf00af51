import type { OwnerScope } from "@/lib/auth/owner-scope";
import type { TeamScope } from "@/lib/auth/team-scope";
import { readTranslations, type Translations } from "@/lib/booking-record/own-words";
import { readQuestions } from "@/lib/booking-record/questions";
import { readWindow } from "@/lib/calendars/window";
import type { Tx } from "@/lib/database/client";
import { type Run, run, select } from "@/lib/database/direct";
import type { PrismaClient } from "@/lib/database/generated/client";
import type { OptionalNumber } from "@/lib/event-types/numbers";
import { isAddressPart, isId } from "@/lib/input/id";
import { readFallbackLocation, readLocation } from "@/lib/meetings/location";
import { type RoomNeed, readRoomNeed } from "@/lib/rooms/schema";
import { readClosedDates, readOverrides, readTravel, readWeekly } from "@/lib/schedules/stored";
import type { EventRules, ScheduleRules } from "@/lib/slot-engine/rules";

/** What is offered under one address: all that the engine and a booking need to know of it, in one query. */
export interface Offer {
  /** Whose page it is on: an organizer's or a team's. */
  organizer: { name: string; handle: string };
  eventType: OfferedEventType;
  /** Who takes part: those who always do, then those who take turns. The first one's calendar is the one that is written to. */
  hosts: readonly [OfferHost, ...OfferHost[]];
  /** How many of those who take turns each booking needs. */
  rotatingHosts: number;
  /** IANA: the first host's, in which its days are meant. */
  timeZone: string;
  /** The event type was deleted: this is what one of its bookings keeps of it, and the id is the booking's. */
  isRemnant: boolean;
}

export interface OfferHost {
  id: string;
  name: string;
  handle: string;
  kind: "fixed" | "rotating";
  /** 1 to 1000: how large a share of the bookings. */
  weight: number;
  /** 0 to 9: hosts with the highest are asked first. */
  priority: number;
  /** When they began to take turns, or came back, epoch milliseconds. */
  joinedAt: number;
  /** When a booking was last given to them by turns, epoch milliseconds; null: never. */
  lastTakenAt: number | null;
  schedule: ScheduleRules & {
    /** Why each of the closed dates is closed: the name of its holiday. */
    closedDateNames: Readonly<Record<string, string>>;
  };
  /** State of their Microsoft connection; null without one. */
  connectionState: "connected" | "limited" | "reconnect_needed" | null;
  /** Their calendar is read, and nothing is written to it. */
  isReadOnly: boolean;
}

export interface OfferedEventType extends EventRules {
  id: string;
  /** Whose it is: one of both is null. */
  userId: string | null;
  teamId: string | null;
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
  translations: Translations;
  subjectTemplate: string;
  hidden: boolean;
  /** Which bookings their visitor has to confirm from their own mailbox. */
  emailCheck: "never" | "suspicious" | "always";
  requiresLink: boolean;
  /** Times right before or after what is taken are marked. */
  preferAdjacentTimes: boolean;
  hostChoice: "automatic" | "visitor";
  onReschedule: "same_host" | "any_host";
  redirectUrl: string | null;
  /** Made for members of a team whom a visitor named together. */
  isAdHoc: boolean;
  /** Websites that may show the page in a frame. */
  embedOrigins: readonly string[];
  /** As its row keeps them (lib/meetings/options.ts). */
  meetingOptions: unknown;
  /** The rooms that each booking needs; null: none. */
  rooms: RoomNeed | null;
}

export interface Location {
  kind: "teams" | "link" | "phone" | "in_person" | "none";
  value?: string;
}

export interface Question {
  id: string;
  label: string;
  /** Help that stands below it. */
  hint?: string;
  kind: string;
  required: boolean;
  options?: string[];
  /** What the options are called in the reader's language, one for each. */
  optionLabels?: readonly string[];
}

/** What a statement reads of an offer, once for each of its hosts. */
export interface OfferRow {
  /** An `OfferJson`. What changes with every booking is not in it, so that it's the same text as long as nothing is edited. */
  offer: string;
  /** When a booking was last given to the host by turns, epoch milliseconds; null: never. */
  lastTakenAt: number | null;
}

/** An offer as the database writes it. */
interface OfferJson {
  name: string;
  handle: string;
  /** Null: another host's row has it. */
  eventType: EventTypeRow | null;
  host: HostRow;
}

interface HostRow extends Omit<OfferHost, "schedule" | "joinedAt" | "lastTakenAt"> {
  joinedAt: string | null;
  timeZone: string;
  scheduleId: string;
  weekly: unknown;
  overrides: unknown;
  travel: unknown;
  closedDates: unknown;
}

/** The row as PostgreSQL's to_json gives it. */
interface EventTypeRow
  extends Omit<
      OfferedEventType,
      | "limits"
      | "window"
      | "location"
      | "fallbackLocation"
      | "questions"
      | "translations"
      | "rooms"
      | OptionalNumber
    >,
    Record<OptionalNumber, number | null> {
  rotatingHosts: number;
  window: unknown;
  location: unknown;
  fallbackLocation: unknown;
  questions: unknown;
  translations: unknown;
  rooms: unknown;
}

type Client = PrismaClient | Tx | Run;

/** Who is disabled has no open time, and keeps their place in the team's event types. */
const openHours = (column: string, closed: string) =>
  `CASE WHEN o."disabledAt" IS NULL THEN s.${column} ELSE '${closed}'::jsonb END`;

/**
 * Says that a host h bears what is the same for all hosts of the one event type that a statement reads: the first of them does. Of several with
 * the same place each does.
 */
export const isBearer = "(h.position = min(h.position) OVER ())";

/**
 * The columns of an `OfferRow` of the tables e(vent type), t(eam), h(ost), the h(ost)'s o(rganizer), s(chedule) and c(onnection). An organizer's own event type
 * has one host, who is its owner.
 */
export const offerColumns = `
  json_build_object('name', coalesce(t.name, o.name), 'handle', coalesce(t.handle, o.handle), 'eventType', CASE WHEN ${isBearer} THEN to_json(e) END,
    'host', json_build_object('id', o.id, 'name', o.name, 'handle', o.handle, 'kind', h.kind, 'weight', h.weight, 'priority', h.priority,
      'joinedAt', h."joinedAt",
      'connectionState', c.state,
      'isReadOnly', EXISTS (SELECT 1 FROM "CalendarRules" r WHERE r."userId" = h."userId" AND r."readOnly"),
      'timeZone', s."timeZone", 'scheduleId', s.id, 'weekly', ${openHours("weekly", "[]")}, 'overrides', ${openHours("overrides", "[]")},
      'travel', s.travel, 'closedDates', s."closedDates"))::text AS offer,
  (extract(epoch FROM h."lastTakenAt") * 1000)::float8 AS "lastTakenAt"`;

/** The order of an offer's hosts, and of the rows of all statements that read `offerColumns`. */
export const hostOrder = `ORDER BY h.kind, h.position, h."userId"`;

/** An event type e at the address that is the first two parameters: handle and slug. An organizer who is disabled has none. */
export const isAtAddress = `
  coalesce(e."userId", e."teamId") = (SELECT coalesce(a."userId", a."teamId") FROM "Handle" a WHERE a.handle = $1)
  AND e.slug = $2 AND (o."disabledAt" IS NULL OR e."teamId" IS NOT NULL)`;

const hostsWith = (eventTypes: string, hosts: string) =>
  `${eventTypes} e JOIN ${hosts} h ON h."eventTypeId" = e.id`;

const defaultSchedule = `
  (SELECT f.id FROM "Schedule" f WHERE f."userId" = h."userId" ORDER BY f."isDefault" DESC, f.id LIMIT 1)`;

/** The connection c of a host h, where they have one. */
export const withConnection = `
  LEFT JOIN "MeetingProviderConnection" c ON c."userId" = h."userId" AND c.provider = 'teams'`;

const tablesWith = (eventTypesAndHosts: string) => `
  ${eventTypesAndHosts}
  JOIN "User" o ON o.id = h."userId"
  LEFT JOIN "Team" t ON t.id = e."teamId"
  JOIN "Schedule" s ON s.id = coalesce(h."scheduleId", ${defaultSchedule})
  ${withConnection}`;

/** Event types and hosts, joined: a row for each host. */
export const hostTables = hostsWith(`"EventType"`, `"EventTypeHost"`);

/** Those of the event type at an address, and the organizer o of each. */
export const hostsAtAddress = `${hostTables} JOIN "User" o ON o.id = h."userId" WHERE ${isAtAddress}`;

/** All of those tables, joined. */
export const offerTables = tablesWith(hostTables);

/**
 * Event types that were deleted, as each booking keeps its own: length, place and buffers as they were booked, every quarter of an hour.
 * Nothing of it can be booked any more.
 */
export const remnants = `(
  SELECT (jsonb_populate_record(NULL::"EventType", jsonb_build_object(
    'id', b.id, 'userId', CASE WHEN b."teamId" IS NULL THEN b."ownerId" END, 'teamId', b."teamId", 'slug', '', 'title', b.title, 'description', '',
    'durationsMinutes', jsonb_build_array((extract(epoch FROM b."endsAt" - b."startsAt") / 60)::int),
    'slotIntervalMinutes', 15, 'bufferBeforeMinutes', coalesce(k."bufferBeforeMinutes", 0), 'bufferAfterMinutes', coalesce(k."bufferAfterMinutes", 0),
    'minimumNoticeMinutes', 0, 'window', '{"kind": "none"}'::jsonb,
    'location', jsonb_strip_nulls(jsonb_build_object('kind', m.kind, 'value', m.place)),
    'requiresApproval', false, 'rescheduleNeedsApproval', false, 'approvalHours', NULL,
    'invitations', m.invitations, 'outlookChanges', 'apply', 'notifications', '{}'::jsonb, 'questions', '[]'::jsonb, 'translations', '{}'::jsonb,
    'subjectTemplate', m."subjectTemplate", 'hidden', true, 'requiresLink', true, 'preferAdjacentTimes', false, 'emailCheck', 'suspicious', 'rotatingHosts', 0, 'hostChoice', 'automatic', 'onReschedule', 'same_host', 'embedOrigins', '[]'::jsonb, 'isAdHoc', false,
    'meetingOptions', coalesce(m.options, '{}'::jsonb), 'changePolicy', '{}'::jsonb
  ))).*
  FROM "Booking" b JOIN "Meeting" m ON m.id = b."meetingId"
  LEFT JOIN "TimeClaim" k ON k."meetingId" = m.id AND k."hostId" = m."hostId"
  WHERE b."eventTypeId" IS NULL AND b.id = $1::uuid)`;

/** Its hosts are those of the booking, each with their default schedule. */
const remnantHosts = `(
  SELECT w."bookingId" AS "eventTypeId", w."userId", NULL::uuid AS "scheduleId", 'fixed'::"HostKind" AS kind, 100 AS weight, 0 AS priority, w.position,
    NULL::timestamptz AS "joinedAt", NULL::timestamptz AS "lastTakenAt"
  FROM "BookingHost" w)`;

/** The same as `hostTables` with a remnant, the id of whose booking is the first parameter. */
export const remnantHostTables = hostsWith(remnants, remnantHosts);

const remnantTables = tablesWith(remnantHostTables);

const offerByAddress = `SELECT ${offerColumns} FROM ${offerTables} WHERE ${isAtAddress} ${hostOrder}`;
const remnantById = `SELECT ${offerColumns} FROM ${remnantTables} WHERE e.id = $1::uuid ${hostOrder}`;
const offerById = `SELECT ${offerColumns} FROM ${offerTables} WHERE e.id = $1::uuid ${hostOrder}`;

/** The offer at `/{handle}/{slug}`, hidden or not; null when there is none. */
export async function getOffer(client: Client, handle: string, slug: string): Promise<Offer | null> {
  const address = readAddress(handle, slug);
  if (!address) return null;
  return readOffer(client, offerByAddress, address);
}

/** Handle and slug as they are kept; null for what can be no address. */
export function readAddress(handle: string, slug: string): [handle: string, slug: string] | null {
  return isAddressPart(handle) && isAddressPart(slug) ? [handle.toLowerCase(), slug.toLowerCase()] : null;
}

/** The offer that an event type makes now, by its id; null when the event type is gone. */
export async function getOfferById(client: Client, eventTypeId: string): Promise<Offer | null> {
  return readOffer(client, offerById, [eventTypeId]);
}

/** One of the organizer's own offers; null for an event type of anyone else, and for an id that is none. */
export async function getOwnOffer(scope: OwnerScope, eventTypeId: string): Promise<Offer | null> {
  const offer = isId(eventTypeId) ? await getOfferById(run, eventTypeId) : null;
  return offer?.eventType.userId === scope.ownerId ? offer : null;
}

/** An offer of a team's, to those who may see it: a member sees those that they host. */
export async function getTeamOffer(scope: TeamScope, eventTypeId: string): Promise<Offer | null> {
  const offer = isId(eventTypeId) ? await getOfferById(run, eventTypeId) : null;
  if (offer?.eventType.teamId !== scope.teamId || offer.eventType.isAdHoc) return null;
  const isSeen = scope.manages || offer.hosts.some(({ id }) => id === scope.readerId);
  return isSeen ? offer : null;
}

/** What a booking keeps of an event type that was deleted; null while there is one. */
export async function getRemnant(client: Client, bookingId: string): Promise<Offer | null> {
  const offer = await readOffer(client, remnantById, [bookingId]);
  return offer && { ...offer, isRemnant: true };
}

async function readOffer(
  client: Client,
  statement: string,
  values: readonly string[],
): Promise<Offer | null> {
  return toOffer(await select<OfferRow>(client, statement, values));
}

/** The offer that the rows of all its hosts hold, in `hostOrder`; null when there is none. Throws `UnreadableColumn`. */
export function toOffer(rows: readonly OfferRow[]): Offer | null {
  const parts = rows.map(({ offer }) => partOf(offer));
  const [first] = parts;
  const bearer = parts.find(({ eventType }) => eventType !== null);
  const [host, ...others] = parts.map((part, place): OfferHost => {
    return { ...part.host, lastTakenAt: rows[place]?.lastTakenAt ?? null };
  });
  if (!first || !host || !bearer?.eventType) return null;
  return {
    organizer: first.organizer,
    eventType: bearer.eventType,
    hosts: [host, ...others],
    rotatingHosts: bearer.rotatingHosts,
    timeZone: host.schedule.timeZone,
    isRemnant: false,
  };
}

/** What the row of one host says. */
interface Part extends Pick<Offer, "organizer" | "rotatingHosts"> {
  eventType: OfferedEventType | null;
  host: Omit<OfferHost, "lastTakenAt">;
}

/** By the text of their rows, those asked for lately: most rows are the same each time, and to parse and check them takes longer than to read them. */
const parts = new Map<string, Part>();

/** Some megabytes at most: what is longer, for its questions or its words, is read each time. */
const keptParts = 512;
const keptLength = 10_000;

function partOf(text: string): Part {
  if (text.length > keptLength) return readPart(text);
  const part = parts.get(text) ?? readPart(text);
  parts.delete(text);
  parts.set(text, part);
  const [oldest] = parts.keys();
  if (parts.size > keptParts && oldest !== undefined) parts.delete(oldest);
  return part;
}

/** Whatever changed what one request was given would change it for all: no one can. */
function readPart(text: string): Part {
  // What `offerColumns` have written.
  const { name, handle, eventType, host } = JSON.parse(text) as OfferJson;
  const { schedule, ...rest } = toHost(host);
  return {
    organizer: frozen({ name, handle }),
    eventType: eventType && frozen(toEventType(eventType)),
    rotatingHosts: eventType?.rotatingHosts ?? 0,
    host: { ...rest, schedule: frozen(schedule) },
  };
}

function frozen<Value>(value: Value): Value {
  if (typeof value !== "object" || value === null || Object.isFrozen(value)) return value;
  for (const part of Object.values(value)) frozen(part);
  return Object.freeze(value);
}

function toHost(row: HostRow): Part["host"] {
  const { timeZone, scheduleId, weekly, overrides, travel, closedDates, joinedAt, ...host } = row;
  const closed = readClosedDates(closedDates, scheduleId);
  return {
    ...host,
    joinedAt: joinedAt === null ? 0 : Date.parse(joinedAt),
    schedule: {
      timeZone,
      weekly: readWeekly(weekly, scheduleId),
      overrides: readOverrides(overrides, scheduleId),
      travel: readTravel(travel, scheduleId),
      closedDates: Object.keys(closed),
      closedDateNames: closed,
    },
  };
}

function toEventType(row: EventTypeRow): OfferedEventType {
  return {
    ...row,
    window: readWindow(row.window, row.id),
    location: readLocation(row.location, row.id),
    fallbackLocation: readFallbackLocation(row.fallbackLocation, row.id),
    questions: readQuestions(row.questions, row.id),
    translations: readTranslations(row.translations, row.id),
    rooms: readRoomNeed(row.rooms, row.id),
    slotIntervalMinutes: row.slotIntervalMinutes ?? undefined,
    slotOffsetMinutes: row.slotOffsetMinutes ?? undefined,
    seats: row.seats ?? undefined,
    availableNowMinutes: row.availableNowMinutes ?? undefined,
    limits: {
      dayCount: row.dailyLimit ?? undefined,
      weekCount: row.weeklyLimit ?? undefined,
      monthCount: row.monthlyLimit ?? undefined,
      dayMinutes: row.dailyLimitMinutes ?? undefined,
      weekMinutes: row.weeklyLimitMinutes ?? undefined,
      monthMinutes: row.monthlyLimitMinutes ?? undefined,
    },
  };
}
