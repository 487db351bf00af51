/** Calendar events that Bellhop can't reach: which there are, and what their organizer says happened to one. */

import { inHandsOf } from "@/lib/auth/booking-access";
import type { OwnerScope } from "@/lib/auth/owner-scope";
import { lockHostsOf } from "@/lib/booking-record/organizer-lock";
import { db, type Tx } from "@/lib/database/client";
import type { Prisma, PrismaClient } from "@/lib/database/generated/client";
import { note } from "@/lib/flight-recorder/flight-recorder";
import { mailboxOf } from "@/lib/grants/mailbox";
import { isId } from "@/lib/input/id";
import { enqueue } from "@/lib/jobs/queue";
import { meetingSync } from "@/lib/meetings/jobs";
import { newGeneration, withoutEvent } from "@/lib/meetings/meeting-outcome";
import { err, ok, type Result } from "@/lib/result";

const provider = "teams";

/** A mailbox that was connected before, as its organizer sees it. */
export interface FormerMailboxView {
  id: string;
  email: string;
  accountKind: "work" | "personal";
  /** Bellhop can still change what is there. */
  isOpen: boolean;
  choice: "keep" | "move";
  /** Upcoming confirmed bookings whose events are there. */
  bookings: number;
  /** Events there that no longer match their bookings: cancelled, rescheduled, or replaced. */
  stale: StaleEvent[];
}

export interface StaleEvent {
  bookingId: string;
  title: string;
  visitorName: string;
  startsAt: Date;
}

/** Former mailboxes that still hold events of upcoming bookings. */
export async function listFormerMailboxes(scope: OwnerScope, now = new Date()): Promise<FormerMailboxView[]> {
  const rows = await db().formerMailbox.findMany({
    where: { userId: scope.ownerId, provider },
    orderBy: { createdAt: "asc" },
  });
  return Promise.all(
    rows.map(async ({ id, accountEmail, accountKind, refreshToken, state, choice, ...account }) => {
      const mailbox = mailboxOf(account);
      const inMailbox = { hostId: scope.ownerId, calendarMailbox: mailbox, calendarEventId: { not: null } };
      const [bookings, stale] = await Promise.all([
        db().booking.count({
          where: { status: "confirmed", endsAt: { gt: now }, meeting: inMailbox },
        }),
        listStale(scope, mailbox, now),
      ]);
      const isOpen = refreshToken !== null && state !== "reconnect_needed";
      return { id, email: accountEmail, accountKind, isOpen, choice, bookings, stale };
    }),
  );
}

/** One line for each event, however many had booked it. */
async function listStale(scope: OwnerScope, mailbox: string, now: Date): Promise<StaleEvent[]> {
  const meetings = await db().meeting.findMany({
    where: {
      hostId: scope.ownerId,
      endsAt: { gt: now },
      OR: [
        { calendarMailbox: mailbox, problem: "out_of_reach" },
        { retired: { some: { mailbox, problem: "out_of_reach" } } },
      ],
    },
    select: {
      startsAt: true,
      bookings: {
        select: { id: true, title: true, visitorName: true },
        orderBy: { createdAt: "desc" },
        take: 1,
      },
    },
    orderBy: { startsAt: "asc" },
    take: 50,
  });
  return meetings.flatMap(({ startsAt, bookings: [booking] }) =>
    booking
      ? [{ bookingId: booking.id, title: booking.title, visitorName: booking.visitorName, startsAt }]
      : [],
  );
}

/** The part of one booking that is in a calendar Bellhop can't reach. */
export interface OutOfReach {
  /** The account of that calendar; empty where it is not known any more. */
  email: string;
  /** `current`: as the booking says. `stale`: the booking was cancelled or moved since. `replaced`: another event holds. */
  what: "current" | "stale" | "replaced";
  /** A new event can be made, in the connected calendar. */
  isConnected: boolean;
}

/** Null: everything of this booking can be reached. */
export async function getOutOfReach(scope: OwnerScope, bookingId: string): Promise<OutOfReach | null> {
  if (!isId(bookingId)) return null;
  const found = await readReach(db(), scope, bookingId);
  if (!found) return null;
  const { email, isConnected, isEventLost, meeting, lostRetired } = found;
  if (lostRetired.length > 0) return { email, isConnected, what: "replaced" };
  if (!isEventLost) return null;
  return { email, isConnected, what: meeting.problem === "out_of_reach" ? "stale" : "current" };
}

const mailboxes = {
  connections: { where: { provider }, select: { tenantId: true, accountId: true } },
  formerMailboxes: {
    where: { provider },
    select: { tenantId: true, accountId: true, accountEmail: true, refreshToken: true, state: true },
  },
} satisfies Prisma.UserSelect;

async function readReach(client: Tx | PrismaClient, scope: OwnerScope, bookingId: string) {
  const booking = await client.booking.findFirst({
    where: { id: bookingId, ...inHandsOf(scope), endsAt: { gt: new Date() } },
    select: {
      meeting: {
        select: {
          id: true,
          kind: true,
          status: true,
          problem: true,
          calendarEventId: true,
          connection: { select: { user: { select: mailboxes } } },
          calendarMailbox: true,
          retired: { select: { id: true, mailbox: true, problem: true } },
          bookings: { where: { status: "confirmed" }, select: { id: true } },
        },
      },
      owner: { select: mailboxes },
    },
  });
  if (!booking) return null;
  const { meeting } = booking;
  const holder = meeting.connection?.user ?? booking.owner;
  const usable = holder.formerMailboxes.filter(
    ({ refreshToken, state }) => refreshToken !== null && state !== "reconnect_needed",
  );
  const open = [...holder.connections, ...usable].map(mailboxOf);
  const lostRetired = meeting.retired.filter(
    ({ mailbox, problem }) => problem !== null && mailbox !== null && !open.includes(mailbox),
  );
  const isThere = meeting.calendarEventId !== null || meeting.problem === "out_of_reach";
  const { calendarMailbox } = meeting;
  const isEventLost = isThere && calendarMailbox !== null && !open.includes(calendarMailbox);
  const lost = lostRetired[0]?.mailbox ?? calendarMailbox;
  const email = holder.formerMailboxes.find((one) => mailboxOf(one) === lost)?.accountEmail ?? "";
  return { meeting, lostRetired, isEventLost, email, isConnected: holder.connections.length > 0 };
}

/**
 * The organizer has taken out by hand what Bellhop can't get at. A confirmed booking gets a new event in the connected
 * calendar, with a link of its own; one that was cancelled is done with.
 */
export async function noteRemovedByHand(
  scope: OwnerScope,
  bookingId: string,
): Promise<Result<null, { code: "not_found" | "not_connected" }>> {
  if (!isId(bookingId)) return err("not_found");
  return db().$transaction(async (tx) => {
    await lockHostsOf(tx, bookingId);
    const found = await readReach(tx, scope, bookingId);
    if (!found || (!found.isEventLost && found.lostRetired.length === 0)) return err("not_found");
    const { meeting, lostRetired, isEventLost, isConnected } = found;
    const isAttended = meeting.bookings.length > 0;
    if (isEventLost && isAttended && !isConnected) return err("not_connected");
    await tx.retiredEvent.deleteMany({ where: { id: { in: lostRetired.map(({ id }) => id) } } });
    if (isEventLost) {
      const fresh = isAttended ? newGeneration(meeting.kind) : withoutEvent;
      const off = isAttended ? {} : { status: "none" as const };
      await tx.meeting.update({
        where: { id: meeting.id },
        data: { ...fresh, ...off, problem: null, attempts: 0 },
      });
      if (isAttended) await enqueue(tx, meetingSync, { meetingId: meeting.id }, { priority: 10 });
    }
    await note(tx, [bookingId], { step: "removed_by_hand", outcome: "ok" });
    return ok(null);
  });
}
