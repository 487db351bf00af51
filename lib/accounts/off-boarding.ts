/** What becomes of someone's bookings and data once they have left. */
import { lockAccounts } from "@/lib/accounts/lock";
import { record } from "@/lib/audit/record";
import type { OwnerScope } from "@/lib/auth/owner-scope";
import { cancel } from "@/lib/booking/cancel";
import { holdingStatuses } from "@/lib/booking-record/policy";
import { type BookingView, getOwnBooking, listBookings } from "@/lib/booking-record/queries";
import { db, type Tx } from "@/lib/database/client";
import { err, ok, type Result } from "@/lib/result";

/** More than anyone looks through on a page. */
const shownMax = 200;

/** Bookings that are still to come, the next one first. */
export function listUpcoming(scope: OwnerScope, now = new Date()): Promise<BookingView[]> {
  return listBookings(scope, { statuses: [...holdingStatuses], from: now, take: shownMax });
}

/** How many are still to come. */
export function countUpcoming(scope: OwnerScope, now = new Date()): Promise<number> {
  return db().booking.count({
    where: { ownerId: scope.ownerId, status: { in: [...holdingStatuses] }, endsAt: { gt: now } },
  });
}

/**
 * Cancels bookings of someone who can't do it themselves, each with a message to its visitor. Those that aren't theirs, or are over, are
 * left alone; the answer is how many were cancelled.
 */
export async function cancelUpcoming(
  scope: OwnerScope,
  { bookingIds, message }: { bookingIds: readonly string[]; message?: string | undefined },
): Promise<number> {
  let cancelled = 0;
  for (const id of bookingIds) {
    const own = await getOwnBooking(scope, id);
    if (!own || own.status === "cancelled") continue;
    const done = await cancel({ bookingId: id, by: "organizer", reason: message });
    if (done.ok) cancelled += 1;
  }
  if (cancelled > 0) {
    const details = { bookings: cancelled };
    await record(db(), { action: "account.bookings_cancelled", accountId: scope.ownerId, details });
  }
  return cancelled;
}

export type KeptAccount =
  | "not_found"
  /** Someone could still be working with it. */
  | "not_disabled"
  /** Since it was disabled, no one has exported it. */
  | "not_exported"
  /** Visitors count on them: cancel or hand over first. */
  | "has_upcoming"
  /** Cancelled bookings are still being taken out of its calendar. */
  | "calendar_pending"
  /** A team would have no owner. */
  | "owns_team";

/** What keeps an account from being deleted; null: nothing. */
export function whyKept(scope: OwnerScope): Promise<KeptAccount | null> {
  return findReason(db(), scope.ownerId);
}

/**
 * Deletes an account for good, with its own bookings, pages and connections. Bookings of teams stay with the team. Events in its calendar
 * that are over stay there.
 */
export function deleteAccount(scope: OwnerScope): Promise<Result<null, { code: KeptAccount }>> {
  const { ownerId: id } = scope;
  return db().$transaction(async (tx) => {
    await lockAccounts(tx);
    const reason = await findReason(tx, id);
    if (reason) return err(reason);
    await record(tx, { action: "account.deleted", accountId: id });
    await leaveToTeams(tx, id);
    await tx.user.delete({ where: { id }, select: { id: true } });
    return ok(null);
  });
}

/**
 * The bookings of teams that someone led go to another host of them, or else to the owner who has been in the team for longest: whoever
 * deletes an account must not delete a team's past.
 */
async function leaveToTeams(tx: Tx, id: string): Promise<void> {
  await tx.$executeRaw`
    UPDATE "Booking" b SET "ownerId" = coalesce(
      (SELECT h."userId" FROM "BookingHost" h
       WHERE h."bookingId" = b.id AND h."userId" <> ${id}::uuid ORDER BY h.position LIMIT 1),
      (SELECT m."userId" FROM "TeamMember" m
       WHERE m."teamId" = b."teamId" AND m.role = 'owner' AND m."userId" <> ${id}::uuid
       ORDER BY m."joinedAt", m."userId" LIMIT 1))
    WHERE b."ownerId" = ${id}::uuid AND b."teamId" IS NOT NULL`;
  await tx.$executeRaw`
    UPDATE "Meeting" m SET "hostId" = b."ownerId", "calendarOwnerId" = NULL FROM "Booking" b
    WHERE b."meetingId" = m.id AND m."hostId" = ${id}::uuid AND b."ownerId" <> ${id}::uuid`;
}

async function findReason(tx: Tx, id: string): Promise<KeptAccount | null> {
  const account = await tx.user.findUnique({ where: { id }, select: { disabledAt: true } });
  if (!account) return "not_found";
  const { disabledAt } = account;
  if (!disabledAt) return "not_disabled";
  const toCome = { status: { in: [...holdingStatuses] }, endsAt: { gt: new Date() } };
  const takesPart = { OR: [{ ownerId: id }, { hosts: { some: { userId: id } } }] };
  if ((await tx.booking.count({ where: { ...toCome, ...takesPart } })) > 0) return "has_upcoming";
  const inCalendar = {
    hostId: id,
    endsAt: { gt: new Date() },
    calendarEventId: { not: null },
    connection: { state: { not: "reconnect_needed" as const } },
  };
  if ((await tx.meeting.count({ where: inCalendar })) > 0) return "calendar_pending";
  const alone = {
    role: "owner" as const,
    team: { members: { none: { role: "owner" as const, userId: { not: id } } } },
  };
  if ((await tx.teamMember.count({ where: { userId: id, ...alone } })) > 0) return "owns_team";
  const exported = { action: "account.exported", subjectId: id, at: { gte: disabledAt } };
  return (await tx.auditEntry.count({ where: exported })) > 0 ? null : "not_exported";
}
