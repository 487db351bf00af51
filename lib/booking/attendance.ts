/**
 * Learns from the provider who came, and marks a visitor who did not as a no-show. Reports come late, so each meeting is asked about for a day; what
 * the organizer marks by hand holds. Runs any number of times.
 */

import { inHandsOf } from "@/lib/auth/booking-access";
import type { OwnerScope } from "@/lib/auth/owner-scope";
import { type Found, judgeAttendance, reportedTime } from "@/lib/booking/attendance-verdict";
import { markAbsent } from "@/lib/booking/no-show";
import { readGuests } from "@/lib/booking-record/stored-visitor";
import { db, type Tx } from "@/lib/database/client";
import { run } from "@/lib/database/direct";
import type { Prisma } from "@/lib/database/generated/client";
import { lockRow } from "@/lib/database/lock-row";
import { note } from "@/lib/flight-recorder/flight-recorder";
import { eventPlaceOf } from "@/lib/meetings/meeting-mailbox";
import { ProviderError } from "@/lib/meetings/provider";
import { conferencePort } from "@/lib/meetings/registry-conference";
import { optionalScopes } from "@/lib/registration/optional-scopes";

const minuteMs = 60_000;

/** When reports are looked for, in minutes after the end. */
const steps = [10, 20, 40, 80, 120, 240, 480, 960, 1440];

/** Until then no one is called absent: another report about the same meeting may come. In minutes after the end. */
const settledAfter = 120;

const callTimeoutMs = 20_000;

/** How many meetings are asked about in a round. */
const batchSize = 20;

// Of those that ended within a day, in a mailbox whose reports may be read: of a meeting in someone else's calendar they are theirs. One that was moved after all is asked about anew.
const findOver = `
  INSERT INTO "AttendanceCheck" ("meetingId", "startsAt", "dueAt")
  SELECT m.id, m."startsAt", m."endsAt" + interval '${steps[0]} minutes'
  FROM "Meeting" m JOIN "MeetingProviderConnection" c ON c.provider = 'teams'
    AND c."tenantId" || '/' || c."accountId" = m."calendarMailbox"
    AND c."userId" = coalesce(m."calendarOwnerId", (SELECT k."userId" FROM "MeetingProviderConnection" k WHERE k.id = m."connectionId"), m."hostId")
  WHERE m.kind = 'teams' AND m."joinUrl" IS NOT NULL AND m."sharedCalendar" IS NULL
    AND m."startsAt" BETWEEN $1::timestamptz - interval '4 days' AND $1::timestamptz
    AND m."endsAt" BETWEEN $1::timestamptz - interval '1 day' AND $1::timestamptz
    AND c."accountKind" = 'work' AND c.state <> 'reconnect_needed'
    AND (c.managed OR lower(c.scopes) LIKE '%' || $2 || '%')
    AND EXISTS (SELECT 1 FROM "Booking" b WHERE b."meetingId" = m.id AND b.status = 'confirmed')
    AND NOT EXISTS (SELECT 1 FROM "AttendanceCheck" k WHERE k."meetingId" = m.id AND k."startsAt" = m."startsAt")
  ON CONFLICT ("meetingId") DO UPDATE SET "startsAt" = EXCLUDED."startsAt", "dueAt" = EXCLUDED."dueAt", problem = NULL`;

// Whoever takes one and dies leaves it due again in five minutes.
const takeDue = `
  UPDATE "AttendanceCheck" SET "dueAt" = $1::timestamptz + interval '5 minutes'
  WHERE "meetingId" IN (
    SELECT "meetingId" FROM "AttendanceCheck" WHERE "dueAt" <= $1::timestamptz
    ORDER BY "dueAt" LIMIT ${batchSize} FOR UPDATE SKIP LOCKED)
  RETURNING "meetingId"`;

/** Asks about the meetings whose turn it is. */
export async function takeAttendance(now = new Date()): Promise<void> {
  await run(findOver, [now, optionalScopes.attendance.toLowerCase()]);
  for (;;) {
    const due = await run<{ meetingId: string }>(takeDue, [now]);
    if (due.length === 0) return;
    for (const { meetingId } of due) await checkMeeting(meetingId, now);
  }
}

const person = {
  email: true,
  connections: { where: { provider: "teams" }, select: { accountEmail: true, accountId: true } },
} satisfies Prisma.UserSelect;

const fields = {
  id: true,
  startsAt: true,
  endsAt: true,
  joinUrl: true,
  hostId: true,
  calendarOwnerId: true,
  calendarMailbox: true,
  sharedCalendar: true,
  connection: { select: { userId: true } },
  host: { select: person },
  bookings: {
    where: { status: "confirmed", erasedAt: null },
    select: {
      id: true,
      ownerId: true,
      visitorEmail: true,
      guests: true,
      hosts: { select: { user: { select: person } } },
    },
  },
} satisfies Prisma.MeetingSelect;

type Over = Prisma.MeetingGetPayload<{ select: typeof fields }>;

async function checkMeeting(meetingId: string, now: Date): Promise<void> {
  const meeting = await db().meeting.findUnique({ where: { id: meetingId }, select: fields });
  if (!meeting?.joinUrl) return settle(db(), meetingId, { dueAt: null, problem: null });
  const { joinUrl } = meeting;
  const next = nextStep(meeting.endsAt, now);
  try {
    const reading = await conferencePort("teams").readAttendance(
      { ...eventPlaceOf(meeting), priority: "sync", timeoutMs: callTimeoutMs },
      { joinUrl, ...reportedTime(meeting) },
    );
    const found = judgeAttendance(appointmentOf(meeting), reading);
    const isSettled = now.getTime() >= meeting.endsAt.getTime() + settledAfter * minuteMs;
    const isOver =
      found.size > 0 && (isSettled || [...found.values()].every(({ verdict }) => verdict === "attended"));
    await db().$transaction(async (tx) => {
      for (const booking of meeting.bookings) {
        const one = found.get(booking.id);
        if (one && (isOver || one.verdict === "attended")) await write(tx, booking, one, now);
      }
      const problem = found.size > 0 ? null : "no_report";
      await settle(tx, meetingId, { dueAt: isOver ? null : next, problem });
    });
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    const soonest = new Date(now.getTime() + (error.details.retryAfterSeconds ?? 0) * 1000);
    const dueAt = next && (next > soonest ? next : soonest);
    await settle(db(), meetingId, { dueAt, problem: error.code });
  }
}

/** Null: the day is over. */
function nextStep(endsAt: Date, now: Date): Date | null {
  const next = steps.map((minutes) => endsAt.getTime() + minutes * minuteMs).find((at) => at > now.getTime());
  return next === undefined ? null : new Date(next);
}

function appointmentOf({ startsAt, endsAt, host, bookings }: Over) {
  const hosts = [host, ...bookings.flatMap((booking) => booking.hosts.map(({ user }) => user))];
  return {
    startsAt,
    endsAt,
    hosts: {
      emails: hosts.flatMap(({ email, connections }) => [
        email,
        ...connections.map((one) => one.accountEmail),
      ]),
      accountIds: hosts.flatMap(({ connections }) => connections.map((one) => one.accountId)),
    },
    bookings: bookings.map(({ id, visitorEmail, guests }) => ({
      id,
      emails: [visitorEmail, ...readGuests(guests, id)],
    })),
  };
}

async function settle(
  tx: Tx,
  meetingId: string,
  data: { dueAt: Date | null; problem: string | null },
): Promise<void> {
  await tx.attendanceCheck.updateMany({ where: { meetingId }, data });
}

async function write(
  tx: Tx,
  booking: { id: string; ownerId: string },
  found: Found,
  now: Date,
): Promise<void> {
  const { id: bookingId, ownerId } = booking;
  await lockRow(tx, "Booking", { id: bookingId });
  const before = await tx.attendance.findUnique({ where: { bookingId }, select: { verdict: true } });
  const none = { joinedAt: null, leftAt: null, lateMinutes: null, earlyMinutes: null };
  const data = { ...none, ...found, readAt: now };
  await tx.attendance.upsert({ where: { bookingId }, create: { bookingId, ...data }, update: data });
  if (before?.verdict === found.verdict) return;
  await note(tx, [bookingId], { step: "attendance_read", outcome: "ok", facts: { verdict: found.verdict } });
  if (found.verdict === "absent") await markAbsent(tx, { bookingId, ownerId }, now);
}

export interface AttendanceView {
  /** What the reports say; null: nothing yet. */
  found: {
    verdict: Found["verdict"];
    joinedAt: Date | null;
    leftAt: Date | null;
    lateMinutes: number | null;
    earlyMinutes: number | null;
  } | null;
  /** It will be looked for again. */
  isAwaited: boolean;
  /** Why nothing is known, as a stable code: `no_report`, or what a call met. */
  problem: string | null;
}

/**
 * What is known of who came to a booking; null: nobody asks, it is someone else's, or its organizer has decided it and no report says anything.
 */
export async function getAttendance(scope: OwnerScope, bookingId: string): Promise<AttendanceView | null> {
  const booking = await db().booking.findFirst({
    where: { id: bookingId, ...inHandsOf(scope), status: "confirmed" },
    select: {
      noShowBy: true,
      attendance: {
        select: { verdict: true, joinedAt: true, leftAt: true, lateMinutes: true, earlyMinutes: true },
      },
      meeting: { select: { attendanceCheck: { select: { dueAt: true, problem: true } } } },
    },
  });
  const check = booking?.meeting.attendanceCheck;
  if (!booking || (!check && !booking.attendance)) return null;
  if (booking.noShowBy === "organizer" && !booking.attendance) return null;
  return {
    found: booking.attendance,
    isAwaited: check?.dueAt != null,
    problem: check?.problem ?? null,
  };
}
