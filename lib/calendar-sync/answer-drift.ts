import { inHandsOf } from "@/lib/auth/booking-access";
import type { OwnerScope } from "@/lib/auth/owner-scope";
import { cancelHeld } from "@/lib/booking/cancel";
import { handOver } from "@/lib/booking/hand-over";
import { lockHosts } from "@/lib/booking-record/organizer-lock";
import { cancelByCalendar, makeEventAnew, moveMeeting } from "@/lib/calendar-sync/apply-change";
import { type ComparedMeeting, readComparedMeeting } from "@/lib/calendar-sync/compared-meeting";
import { isAbout, settleDrift } from "@/lib/calendar-sync/drift";
import { askRoomsAgain } from "@/lib/calendar-sync/room-answers";
import { db, type Tx } from "@/lib/database/client";
import { isOverlap } from "@/lib/database/errors";
import type { Drift } from "@/lib/database/generated/client";
import { enqueue } from "@/lib/jobs/queue";
import { meetingCompare, meetingSync } from "@/lib/meetings/jobs";
import { err, ok, type Result } from "@/lib/result";

/**
 * `apply`: what the calendar or the visitor says should hold. `restore`: the calendar should be as the booking says. `dismiss`:
 * neither; this state is not asked about again.
 */
export const driftAnswers = ["apply", "restore", "dismiss"] as const;
export type DriftAnswer = (typeof driftAnswers)[number];

export type DriftRefusal =
  /** There is no such question, or it was already answered or settled. */
  | { code: "not_open" }
  /** Another booking has that time. */
  | { code: "taken" }
  /** No one can take the place of the host who declined. */
  | { code: "no_successor" }
  | { code: "past" };

interface Answer {
  driftId: string;
  /** Who answers, in whose hands the booking is; a question about another one's is not found. */
  scope: OwnerScope;
  answer: DriftAnswer;
  now?: number;
}

/** Answers a question of the drift inbox. The bookings change immediately; the calendar follows by job. */
export async function answerDrift(given: Answer): Promise<Result<null, DriftRefusal>> {
  const { driftId, scope, answer, now = Date.now() } = given;
  const asked = await db().drift.findFirst({
    where: { id: driftId, state: "open", booking: inHandsOf(scope) },
    select: {
      bookingId: true,
      hostId: true,
      booking: { select: { hosts: { select: { userId: true } }, ownerId: true } },
    },
  });
  if (!asked) return err("not_open");
  if (asked.hostId && answer === "apply") return giveToNext(asked.bookingId, asked.hostId);
  const hostIds = new Set([asked.booking.ownerId, ...asked.booking.hosts.map(({ userId }) => userId)]);
  try {
    return await db().$transaction(async (tx) => {
      await lockHosts(tx, [...hostIds]);
      const drift = await tx.drift.findFirst({ where: { id: driftId, state: "open" } });
      const meeting = drift && (await readComparedMeeting(tx, drift.meetingId));
      if (!drift || !meeting || !isStillOpen(meeting, drift, now)) return err("not_open");
      if (answer === "dismiss") {
        await settleDrift(tx, drift, "dismissed");
        return ok(null);
      }
      if (answer === "apply" && drift.startsAt && drift.startsAt.getTime() <= now) return err("past");
      await settleDrift(tx, drift, answer === "apply" ? "applied" : "restored");
      await (answer === "apply" ? apply(tx, meeting, drift, now) : restore(tx, meeting, drift, now));
      return ok(null);
    });
  } catch (error) {
    if (isOverlap(error)) return err("taken");
    throw error;
  }
}

/** The question is settled with the handover. */
async function giveToNext(bookingId: string, from: string): Promise<Result<null, DriftRefusal>> {
  const given = await handOver({ bookingId, by: "calendar", from });
  if (given.ok) return ok(null);
  return err(given.error.code === "host_unavailable" ? "no_successor" : "not_open");
}

function isStillOpen(meeting: ComparedMeeting, { bookingId, openedAt }: Drift, now: number): boolean {
  const booking = meeting.bookings.find(({ id }) => id === bookingId);
  return booking !== undefined && meeting.startsAt.getTime() > now && isAbout(openedAt, booking.changedAt);
}

async function apply(tx: Tx, meeting: ComparedMeeting, drift: Drift, now: number): Promise<void> {
  const { kind, startsAt, endsAt, bookingId } = drift;
  if (kind === "removed") return cancelByCalendar(tx, meeting, now);
  if (kind === "link_lost") return makeEventAnew(tx, meeting);
  if (kind === "declined" || kind === "room_declined") {
    return cancelHeld(tx, { id: bookingId, meetingId: meeting.id }, { by: "organizer", now });
  }
  if (!startsAt || !endsAt) return;
  await moveMeeting(tx, meeting, { startsAt, endsAt, by: kind === "moved" ? "calendar" : "organizer", now });
  // The event may have been moved once more since it was looked at.
  if (kind === "moved") await enqueue(tx, meetingCompare, { meetingId: meeting.id });
}

async function restore(tx: Tx, meeting: ComparedMeeting, drift: Drift, now: number): Promise<void> {
  const { kind, startsAt, endsAt } = drift;
  const { id } = meeting;
  if (kind === "room_declined") return askRoomsAgain(tx, meeting, now);
  if (kind === "removed") return makeEventAnew(tx, meeting, { isGone: true });
  if (kind === "link_lost") return makeEventAnew(tx, meeting);
  if (kind !== "moved") return;
  // What the calendar has is known now: it differs from the booking, so the event is moved.
  await tx.meeting.update({
    where: { id },
    data: { calendarStartsAt: startsAt, calendarEndsAt: endsAt },
    select: { id: true },
  });
  await enqueue(tx, meetingSync, { meetingId: id }, { priority: 10 });
}
