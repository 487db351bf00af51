import type { OwnerScope } from "@/lib/auth/owner-scope";
import { publicWords, readTranslations } from "@/lib/booking-record/own-words";
import { readQuestions } from "@/lib/booking-record/questions";
import { readChangePolicy } from "@/lib/booking-record/stored-policy";
import { readWindow } from "@/lib/calendars/window";
import { db } from "@/lib/database/client";
import type { Prisma } from "@/lib/database/generated/client";
import { withoutUnset } from "@/lib/event-types/numbers";
import { type EventType, eventType, type PublicEventType } from "@/lib/event-types/schema";
import { isAddressPart, isId } from "@/lib/input/id";
import { readFallbackLocation, readLocation } from "@/lib/meetings/location";
import { readMeetingOptions } from "@/lib/meetings/options";
import { readNotifications } from "@/lib/notices/preferences";
import { readRoomNeed } from "@/lib/rooms/schema";
import type { Slice } from "@/lib/schedules/queries";

type Columns = { [Name in keyof EventType]-?: true };

/** Every field of an event type is a column of its own. */
export const eventTypeColumns = Object.fromEntries(
  Object.keys(eventType.shape).map((name) => [name, true]),
) as Columns satisfies Prisma.EventTypeSelect;

type Row = Prisma.EventTypeGetPayload<{ select: typeof eventTypeColumns }>;

/** Turns the row of an organizer's own event type into the event type it holds. */
export function toEventType(row: Row): EventType {
  const { scheduleId } = row;
  if (scheduleId === null) throw new Error("An organizer's own event type has a schedule.");
  return { ...toFields(row), scheduleId };
}

/** All of an event type but whose hours it has. */
export function toFields({ scheduleId: _, ...row }: Row): Omit<EventType, "scheduleId"> {
  const { fallbackLocation, redirectUrl, rooms, ...rest } = row;
  const need = readRoomNeed(rooms, row.id);
  const fallback = readFallbackLocation(fallbackLocation, row.id);
  return {
    ...withoutUnset(rest),
    window: readWindow(row.window, row.id),
    location: readLocation(row.location, row.id),
    questions: readQuestions(row.questions, row.id),
    translations: readTranslations(row.translations, row.id),
    meetingOptions: readMeetingOptions(row.meetingOptions, row.id),
    notifications: readNotifications(row.notifications, row.id),
    changePolicy: readChangePolicy(row.changePolicy, row.id),
    ...(fallback === null ? {} : { fallbackLocation: fallback }),
    ...(redirectUrl === null ? {} : { redirectUrl }),
    ...(need === null ? {} : { rooms: need }),
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  };
}

/** The organizer's event types, oldest first, hidden ones too. */
export async function listEventTypes(scope: OwnerScope, { after, take }: Slice = {}): Promise<EventType[]> {
  const rows = await db().eventType.findMany({
    where: { userId: scope.ownerId, ...(after ? { id: { gt: after } } : {}) },
    orderBy: { id: "asc" },
    select: eventTypeColumns,
    ...(take ? { take } : {}),
  });
  return rows.map(toEventType);
}

/** One of the organizer's event types; null also for an id that is none. */
export async function getEventType(scope: OwnerScope, id: string): Promise<EventType | null> {
  if (!isId(id)) return null;
  const row = await db().eventType.findFirst({
    where: { id, userId: scope.ownerId },
    select: eventTypeColumns,
  });
  return row && toEventType(row);
}

const publicColumns = {
  id: true,
  slug: true,
  title: true,
  description: true,
  durationsMinutes: true,
  location: true,
  requiresApproval: true,
  seats: true,
  questions: true,
  translations: true,
} satisfies Prisma.EventTypeSelect;

type PublicRow = Prisma.EventTypeGetPayload<{ select: typeof publicColumns }>;

/** An organizer as everyone may know them. */
export interface PublicOrganizer {
  name: string;
  handle: string;
}

function toPublicEventType({ seats, ...row }: PublicRow): PublicEventType {
  return {
    ...row,
    location: { kind: readLocation(row.location, row.id).kind },
    questions: readQuestions(row.questions, row.id),
    translations: publicWords(readTranslations(row.translations, row.id)),
    ...(seats === null ? {} : { seats }),
  };
}

/** The public page of an organizer or a team: the event types that are not hidden, oldest first; null when no one has the handle. */
export async function getPublicProfile(
  handle: string,
  { after, take }: Slice = {},
): Promise<{ organizer: PublicOrganizer; eventTypes: PublicEventType[] } | null> {
  if (!isAddressPart(handle)) return null;
  const shown = {
    name: true,
    handle: true,
    eventTypes: {
      // Of a team's, one whose last host has left has no page.
      where: {
        hidden: false,
        requiresLink: false,
        hosts: { some: {} },
        ...(after ? { id: { gt: after } } : {}),
      },
      orderBy: { id: "asc" },
      select: publicColumns,
      ...(take ? { take } : {}),
    },
  } as const;
  const found = await db().handle.findFirst({
    where: { handle: handle.toLowerCase(), OR: [{ teamId: { not: null } }, { user: { disabledAt: null } }] },
    select: { user: { select: shown }, team: { select: shown } },
  });
  const owner = found?.user ?? found?.team;
  if (!owner) return null;
  const { eventTypes, ...organizer } = owner;
  return { organizer, eventTypes: eventTypes.map(toPublicEventType) };
}
