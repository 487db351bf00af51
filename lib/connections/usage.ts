import type { OwnerScope } from "@/lib/auth/owner-scope";
import { db } from "@/lib/database/client";
import { Prisma } from "@/lib/database/generated/client";
import { mailboxOf } from "@/lib/grants/mailbox";

export interface TeamsUse {
  /** Event types whose bookings get a Teams meeting. */
  eventTypes: number;
  /** Of these, the ones without another place for when there is no Teams meeting. */
  eventTypesWithoutFallback: number;
  /** Upcoming bookings in the connected calendar. */
  upcomingBookings: number;
  /** Meetings to come that wait for their link. */
  waitingMeetings: number;
}

/** What an organizer's Teams connection carries, so that a page can say what its end would mean. */
export async function countTeamsUse({ ownerId: userId }: OwnerScope, now = new Date()): Promise<TeamsUse> {
  const connection = await db().meetingProviderConnection.findUnique({
    where: { userId_provider: { userId, provider: "teams" } },
    select: { tenantId: true, accountId: true },
  });
  const inTeams = { userId, location: { path: ["kind"], equals: "teams" } };
  const [eventTypes, eventTypesWithoutFallback, upcomingBookings, waitingMeetings] = await Promise.all([
    db().eventType.count({ where: inTeams }),
    db().eventType.count({ where: { ...inTeams, fallbackLocation: { equals: Prisma.AnyNull } } }),
    db().booking.count({
      where: {
        status: { in: ["pending", "confirmed"] },
        endsAt: { gt: now },
        meeting: {
          hostId: userId,
          calendarEventId: { not: null },
          ...(connection
            ? { OR: [{ calendarMailbox: null }, { calendarMailbox: mailboxOf(connection) }] }
            : {}),
        },
      },
    }),
    db().meeting.count({
      where: { hostId: userId, kind: "teams", endsAt: { gt: now }, status: { in: ["creating", "failed"] } },
    }),
  ]);
  return { eventTypes, eventTypesWithoutFallback, upcomingBookings, waitingMeetings };
}
