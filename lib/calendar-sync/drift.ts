/** The drift inbox: what differs between bookings and calendar and waits for the organizer. */

import { inHandsOf } from "@/lib/auth/booking-access";
import type { OwnerScope } from "@/lib/auth/owner-scope";
import { zoneOf } from "@/lib/booking-record/zone";
import { type ComparedMeeting, coHostsOf, idsOf } from "@/lib/calendar-sync/compared-meeting";
import type { Difference, DriftKind } from "@/lib/calendar-sync/difference";
import { sendCalendarChange } from "@/lib/calendar-sync/mails/calendar-change";
import { db, type Tx } from "@/lib/database/client";
import type { Drift, Prisma } from "@/lib/database/generated/client";
import { note } from "@/lib/flight-recorder/flight-recorder";

/**
 * Why a change was not applied: the event type says `ask` (`policy`), the new time collides (`taken`), has passed (`past`) or is
 * no time of day (`all_day`), many events disappeared together (`many`), or it is a visitor's answer, which never changes a booking by itself (`answer`).
 */
export type DriftReason = "policy" | "taken" | "past" | "all_day" | "many" | "answer";

/** Opens a question to the organizer and mails it, once for each state of the calendar. */
export async function askOrganizer(
  tx: Tx,
  meeting: ComparedMeeting,
  difference: Difference,
  why: DriftReason,
): Promise<void> {
  const drift = await record(tx, meeting, difference, { why, state: "open" });
  if (!drift) return;
  const { kind } = difference;
  const about = meeting.bookings.find(({ id }) => id === drift.bookingId);
  if (!about) return;
  await note(tx, idsAbout(meeting, difference), {
    step: "outlook_asks",
    outcome: "waiting",
    facts: { kind, why },
  });
  await sendCalendarChange(tx, {
    kind,
    why,
    host: coHostsOf(meeting).find(({ id }) => id === difference.hostId)?.name ?? "",
    rooms: difference.rooms ?? [],
    organizer: meeting.host,
    booking: { ...about, startsAt: meeting.startsAt, endsAt: meeting.endsAt },
    startsAt: difference.startsAt,
    timeZone: zoneOf(meeting, meeting.host),
  });
}

/** Records that a host has declined, once, for the rule to hand the booking over; until then, the question is open to all hosts. */
export async function leaveToRule(tx: Tx, meeting: ComparedMeeting, difference: Difference): Promise<void> {
  const drift = await record(tx, meeting, difference, { why: "answer", state: "open" });
  if (!drift) return;
  const facts = { kind: difference.kind, why: "answer" };
  await note(tx, idsOf(meeting), { step: "outlook_asks", outcome: "waiting", facts });
}

/** Records a change that the organizer chose to ignore, once. */
export async function ignoreDifference(
  tx: Tx,
  meeting: ComparedMeeting,
  difference: Difference,
): Promise<void> {
  if (!(await record(tx, meeting, difference, { why: "policy", state: "ignored" }))) return;
  await note(tx, idsAbout(meeting, difference), {
    step: "outlook_ignored",
    outcome: "ok",
    facts: { kind: difference.kind },
  });
}

function idsAbout(meeting: ComparedMeeting, { bookingId }: Difference): string[] {
  return bookingId ? [bookingId] : idsOf(meeting);
}

/** Null: this state of the calendar was handled before. An older question about the same thing is closed. */
async function record(
  tx: Tx,
  meeting: ComparedMeeting,
  { kind, startsAt, endsAt, fingerprint, hostId = null, ...difference }: Difference,
  { why, state }: { why: DriftReason; state: "open" | "ignored" },
): Promise<Drift | null> {
  const bookingId = difference.bookingId ?? meeting.bookings[0]?.id;
  if (!bookingId) return null;
  const known = await tx.drift.count({ where: { bookingId, kind, fingerprint } });
  if (known > 0) return null;
  // Of several hosts each may have declined.
  if (hostId === null) await closeStates(tx, { bookingId, kind });
  return tx.drift.create({
    data: {
      userId: meeting.hostId,
      meetingId: meeting.id,
      bookingId,
      kind,
      hostId,
      why,
      startsAt,
      endsAt,
      fingerprint,
      state,
    },
  });
}

/** A difference that is gone needs no answer, and counts as new if it returns. */
export async function closePassed(
  tx: Tx,
  { id, bookings }: ComparedMeeting,
  differences: Difference[],
): Promise<void> {
  const live = await tx.$queryRaw<{ bookingId: string; kind: string; hostId: string | null }[]>`
    SELECT "bookingId"::text, kind, "hostId"::text FROM "Drift" WHERE "meetingId" = ${id}::uuid AND fingerprint <> id::text`;
  const first = bookings[0]?.id;
  for (const { bookingId, kind, hostId } of live) {
    const isStillThere = differences.some(
      (one) => one.kind === kind && (one.bookingId ?? first) === bookingId && (one.hostId ?? null) === hostId,
    );
    if (!isStillThere) await closeStates(tx, { bookingId, kind, hostId });
  }
}

interface State {
  bookingId: string;
  kind: string;
  hostId?: string | null;
}

async function closeStates(tx: Tx, { bookingId, kind, hostId = null }: State): Promise<void> {
  await tx.$executeRaw`
    UPDATE "Drift" SET fingerprint = id::text, "settledAt" = coalesce("settledAt", now()),
      state = CASE state WHEN 'open' THEN 'settled' ELSE state END
    WHERE "bookingId" = ${bookingId}::uuid AND kind = ${kind} AND fingerprint <> id::text
      AND "hostId" IS NOT DISTINCT FROM ${hostId}::uuid`;
}

/** Settles a question with the organizer's answer. */
export async function settleDrift(
  tx: Tx,
  { id, bookingId, kind }: Pick<Drift, "id" | "bookingId" | "kind">,
  state: "applied" | "restored" | "dismissed",
): Promise<void> {
  // A state that was dismissed is not asked about again; the others come to an end with the answer.
  const isOver = state !== "dismissed";
  await tx.drift.update({
    where: { id },
    data: { state, settledAt: new Date(), ...(isOver ? { fingerprint: id } : {}) },
  });
  await note(tx, [bookingId], {
    step: "outlook_answered",
    outcome: "ok",
    facts: { kind, answer: state, by: "organizer" },
  });
}

/** A question as the organizer sees it. */
export interface DriftView {
  id: string;
  kind: DriftKind;
  why: DriftReason;
  /** What the calendar says, or the visitor proposes. */
  startsAt: Date | null;
  endsAt: Date | null;
  openedAt: Date;
  /** The name of the host who declined; empty where it's about no host. */
  host: string;
  /** The names of the rooms that declined. */
  rooms: string[];
  booking: { id: string; title: string; visitorName: string; startsAt: Date; endsAt: Date };
}

/** What someone takes part in, or of one booking (`bookingId`) all that its team's admins may see too. */
function whose(scope: OwnerScope, bookingId?: string): Prisma.BookingWhereInput {
  if (bookingId) return { id: bookingId, ...inHandsOf(scope) };
  return { OR: [{ ownerId: scope.ownerId }, { hosts: { some: { userId: scope.ownerId } } }] };
}

/** What waits for the organizer, the soonest booking first: questions about a booking are open to each of its hosts. */
export async function listDrifts(
  scope: OwnerScope,
  bookingId?: string,
  now = new Date(),
): Promise<DriftView[]> {
  const rows = await db().drift.findMany({
    where: {
      state: "open",
      booking: { status: "confirmed", startsAt: { gt: now }, ...whose(scope, bookingId) },
    },
    select: {
      id: true,
      hostId: true,
      kind: true,
      why: true,
      startsAt: true,
      endsAt: true,
      openedAt: true,
      meeting: {
        select: {
          rooms: {
            where: { answer: "declined", isReplaced: false },
            select: { room: { select: { name: true } } },
            orderBy: { room: { name: "asc" } },
          },
        },
      },
      booking: {
        select: {
          id: true,
          title: true,
          visitorName: true,
          startsAt: true,
          endsAt: true,
          changedAt: true,
          hosts: { select: { user: { select: { id: true, name: true } } } },
        },
      },
    },
    orderBy: [{ booking: { startsAt: "asc" } }, { openedAt: "asc" }],
    take: 200,
  });
  const open = rows.filter(({ openedAt, booking }) => isAbout(openedAt, booking.changedAt));
  // Written by this file alone.
  return open.map(({ hostId, meeting, ...row }) => ({
    ...row,
    rooms: row.kind === "room_declined" ? meeting.rooms.map(({ room }) => room.name) : [],
    kind: row.kind as DriftKind,
    why: row.why as DriftReason,
    host: row.booking.hosts.find(({ user }) => user.id === hostId)?.user.name ?? "",
  }));
}

/** Whether there is, or ever was, such a question about a booking that is in someone's hands. */
export async function isOwnDrift(scope: OwnerScope, id: string): Promise<boolean> {
  return (await db().drift.count({ where: { id, booking: inHandsOf(scope) } })) > 0;
}

/** How much waits for the organizer. */
export async function countDrifts(scope: OwnerScope, now = new Date()): Promise<number> {
  return (await listDrifts(scope, undefined, now)).length;
}

/** A question is about the booking as it was then: if it was rescheduled since, its event follows. */
export function isAbout(openedAt: Date, changedAt: Date): boolean {
  return openedAt >= changedAt;
}
