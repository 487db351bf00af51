import { ownZone, zoneOfEventType } from "@/lib/booking-record/zone";
import { db } from "@/lib/database/client";
import { addressKey } from "@/lib/input/addresses";

/** Longer than any single call to the provider may take. */
const leaseSeconds = 20;

const account = { accountEmail: true, accountId: true, tenantId: true, accountKind: true } as const;

const fields = {
  id: true,
  hostId: true,
  eventTypeId: true,
  kind: true,
  place: true,
  invitations: true,
  status: true,
  startsAt: true,
  endsAt: true,
  subjectTemplate: true,
  joinUrl: true,
  generation: true,
  calendarEventId: true,
  connection: { select: { userId: true } },
  calendarOwnerId: true,
  calendarMailbox: true,
  sharedCalendar: true,
  iCalUId: true,
  calendarStartsAt: true,
  calendarEndsAt: true,
  calendarPlace: true,
  options: true,
  optionsOutcome: true,
  invitedEmails: true,
  invitingEmails: true,
  problem: true,
  attempts: true,
  retired: {
    select: { eventId: true, isStandIn: true, joinUrl: true, problem: true, createdAt: true },
  },
  rooms: {
    where: { answer: { not: "declined" } },
    select: { room: { select: { email: true, name: true, kind: true } } },
    orderBy: { room: { name: "asc" } },
  },
  host: {
    select: {
      name: true,
      email: true,
      locale: true,
      connections: { where: { provider: "teams" }, select: account },
      ...ownZone,
    },
  },
  eventType: {
    select: {
      id: true,
      title: true,
      description: true,
      translations: true,
      seats: true,
      fallbackLocation: true,
      outlookChanges: true,
      ...zoneOfEventType,
    },
  },
  bookings: {
    select: {
      id: true,
      status: true,
      title: true,
      visitorTitle: true,
      visitorName: true,
      visitorEmail: true,
      visitorLocale: true,
      guests: true,
      answers: true,
      cancelReason: true,
      cancelledBy: true,
      inviteUid: true,
      erasedAt: true,
      hosts: {
        select: {
          user: {
            select: {
              id: true,
              name: true,
              email: true,
              connections: { where: { provider: "teams" }, select: account },
            },
          },
        },
        orderBy: { position: "asc" },
      },
    },
    orderBy: { createdAt: "asc" },
  },
} as const;

export type LeasedMeeting = NonNullable<Awaited<ReturnType<typeof readMeeting>>>;

/**
 * A meeting with what its calendar event is made from, without taking it. A room whose time a former event of the meeting still takes isn't
 * among its rooms yet: it would decline.
 */
export async function readMeeting(id: string) {
  const meeting = await db().meeting.findUnique({ where: { id }, select: fields });
  if (!meeting?.retired.some(holdsRooms)) return meeting;
  const asked = [...meeting.invitedEmails, ...meeting.invitingEmails];
  return { ...meeting, rooms: meeting.rooms.filter(({ room }) => asked.includes(addressKey(room.email))) };
}

/** How long a room waits for a former event that can't be taken out. After that it answers for itself, and what follows from that happens. */
const roomPatienceMs = 10 * 60_000;

interface FormerEvent {
  isStandIn: boolean;
  problem: string | null;
  createdAt: Date;
}

/** When rooms wait no longer for a former event; null where nothing keeps it from going. */
export function roomsWaitUntil({ problem, createdAt }: FormerEvent): Date | null {
  return problem === null ? null : new Date(createdAt.getTime() + roomPatienceMs);
}

function holdsRooms(event: FormerEvent): boolean {
  const until = roomsWaitUntil(event);
  return event.isStandIn && (until === null || until.getTime() > Date.now());
}

/**
 * Takes a meeting for this worker alone and counts the attempt before anything is done, so that a crash in the middle is
 * known of later. `busy`: another worker has it now.
 */
export async function leaseMeeting(id: string): Promise<LeasedMeeting | "busy" | "gone"> {
  const taken = await db().$executeRaw`
    UPDATE "Meeting" SET "leaseUntil" = now() + make_interval(secs => ${leaseSeconds}), attempts = attempts + 1
    WHERE id = ${id}::uuid AND ("leaseUntil" IS NULL OR "leaseUntil" < now())`;
  if (taken === 1) return (await readMeeting(id)) ?? "gone";
  return (await db().meeting.count({ where: { id } })) > 0 ? "busy" : "gone";
}

/** Starts a check of a meeting's event, which doesn't block work on it. False: a worker is on it now. */
export async function beginLook(id: string): Promise<boolean> {
  const begun = await db().$executeRaw`
    UPDATE "Meeting" SET "compareWantedAt" = NULL
    WHERE id = ${id}::uuid AND ("leaseUntil" IS NULL OR "leaseUntil" < now())`;
  return begun === 1;
}

/** Renews the lease for the next call. */
export async function renewLease(id: string): Promise<void> {
  await db().$executeRaw`
    UPDATE "Meeting" SET "leaseUntil" = now() + make_interval(secs => ${leaseSeconds}) WHERE id = ${id}::uuid`;
}

/** The bookings that this meeting is for: the confirmed ones. */
export function attending(meeting: LeasedMeeting): LeasedMeeting["bookings"] {
  return meeting.bookings.filter((booking) => booking.status === "confirmed");
}

/** True when its people book one by one and don't know each other. */
export function isShared(meeting: LeasedMeeting): boolean {
  return (meeting.eventType?.seats ?? 1) > 1 || attending(meeting).length > 1;
}
