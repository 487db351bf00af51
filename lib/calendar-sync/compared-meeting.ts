import { holdingStatuses } from "@/lib/booking-record/policy";
import { ownZone, zoneOfEventType } from "@/lib/booking-record/zone";
import type { KnownMeeting } from "@/lib/calendar-sync/difference";
import type { Tx } from "@/lib/database/client";
import type { Prisma, PrismaClient } from "@/lib/database/generated/client";
import { mailboxOf, reachableMailboxes } from "@/lib/grants/mailbox";
import { isHandedOver } from "@/lib/meetings/meeting-mailbox";

const mailboxes = {
  connections: { where: { provider: "teams" }, select: { tenantId: true, accountId: true } },
  formerMailboxes: reachableMailboxes,
} satisfies Prisma.UserSelect;

const coHost = {
  id: true,
  name: true,
  email: true,
  connections: { where: { provider: "teams" }, select: { accountEmail: true } },
} satisfies Prisma.UserSelect;

const fields = {
  id: true,
  hostId: true,
  eventTypeId: true,
  kind: true,
  status: true,
  invitations: true,
  startsAt: true,
  endsAt: true,
  joinUrl: true,
  generation: true,
  calendarEventId: true,
  calendarOwnerId: true,
  connection: { select: { userId: true, user: { select: mailboxes } } },
  calendarMailbox: true,
  sharedCalendar: true,
  iCalUId: true,
  retired: { select: { eventId: true } },
  calendarStartsAt: true,
  calendarEndsAt: true,
  eventType: { select: { outlookChanges: true, hostDeclines: true, ...zoneOfEventType } },
  host: {
    select: {
      name: true,
      email: true,
      locale: true,
      ...ownZone,
      ...mailboxes,
    },
  },
  bookings: {
    where: { status: { in: [...holdingStatuses] } },
    select: {
      id: true,
      ownerId: true,
      status: true,
      title: true,
      visitorName: true,
      visitorEmail: true,
      decideBy: true,
      changedAt: true,
      hosts: { select: { user: { select: coHost } }, orderBy: { position: "asc" } },
    },
    orderBy: { createdAt: "asc" },
  },
} satisfies Prisma.MeetingSelect;

/** A meeting with the bookings that hold its time, for comparing it with its event and for acting on that. */
export type ComparedMeeting = NonNullable<Awaited<ReturnType<typeof readComparedMeeting>>>;

export function readComparedMeeting(client: Tx | PrismaClient, id: string) {
  return client.meeting.findUnique({ where: { id }, select: fields });
}

/** Whether the calendar that its event was made in can be read: the connected one, or one from before. */
export function isInReach(meeting: ComparedMeeting): boolean {
  // What is about to be made elsewhere says nothing any more.
  if (isHandedOver(meeting)) return false;
  const { calendarEventId, calendarMailbox, connection, host } = meeting;
  const { connections, formerMailboxes } = connection?.user ?? host;
  const open = [...connections, ...formerMailboxes].map(mailboxOf);
  return calendarEventId !== null && calendarMailbox !== null && open.includes(calendarMailbox);
}

export const idsOf = ({ bookings }: ComparedMeeting): string[] => bookings.map(({ id }) => id);

/** The hosts whose calendar the event is not in, and who are invited to it: the seats of one event have the same. */
export function coHostsOf({ hostId, bookings: [first] }: ComparedMeeting) {
  return (first?.hosts ?? []).map(({ user }) => user).filter(({ id }) => id !== hostId);
}

export function toKnownMeeting(meeting: ComparedMeeting): KnownMeeting {
  return {
    ...meeting,
    coHosts: coHostsOf(meeting).map(({ id, email, connections: [account] }) => {
      return { id, email: account?.accountEmail || email };
    }),
    people: meeting.bookings
      .filter(({ status }) => status === "confirmed")
      .map(({ id, visitorEmail }) => ({ bookingId: id, email: visitorEmail })),
  };
}
