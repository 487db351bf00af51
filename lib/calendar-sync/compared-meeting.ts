import { holdingStatuses } from "@/lib/booking/policy";
import type { KnownMeeting } from "@/lib/calendar-sync/difference";
import type { Tx } from "@/lib/database/client";
import type { Prisma, PrismaClient } from "@/lib/database/generated/client";

const fields = {
  id: true,
  userId: true,
  kind: true,
  status: true,
  invitations: true,
  startsAt: true,
  endsAt: true,
  joinUrl: true,
  generation: true,
  calendarEventId: true,
  calendarStartsAt: true,
  calendarEndsAt: true,
  eventType: { select: { outlookChanges: true, schedule: { select: { timeZone: true } } } },
  user: { select: { name: true, email: true } },
  bookings: {
    where: { status: { in: [...holdingStatuses] } },
    select: {
      id: true,
      status: true,
      title: true,
      visitorName: true,
      visitorEmail: true,
      decideBy: true,
      changedAt: true,
    },
    orderBy: { createdAt: "asc" },
  },
} satisfies Prisma.MeetingSelect;

/** A meeting with the bookings that hold its time, for comparing it with its event and for acting on that. */
export type ComparedMeeting = NonNullable<Awaited<ReturnType<typeof readComparedMeeting>>>;

export function readComparedMeeting(client: Tx | PrismaClient, id: string) {
  return client.meeting.findUnique({ where: { id }, select: fields });
}

export const idsOf = ({ bookings }: ComparedMeeting): string[] => bookings.map(({ id }) => id);

export function toKnownMeeting(meeting: ComparedMeeting): KnownMeeting {
  return {
    ...meeting,
    people: meeting.bookings
      .filter(({ status }) => status === "confirmed")
      .map(({ id, visitorEmail }) => ({ bookingId: id, email: visitorEmail })),
  };
}
