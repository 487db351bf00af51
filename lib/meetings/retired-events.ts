/**
 * Events of ours that must go: replaced by a new one, or owned by no meeting. They are written down before the new one is
 * made and crossed out when the calendar is proven not to show them, so that no one is left with two.
 */

import { addToLog } from "@/lib/config/log";
import { db, type Tx } from "@/lib/database/client";
import type { RetiredEvent } from "@/lib/database/generated/client";
import { note } from "@/lib/flight-recorder/flight-recorder";
import { localeOf } from "@/lib/i18n/languages";
import { translator } from "@/lib/i18n/translator";
import { pauseSeconds } from "@/lib/jobs/backoff";
import { enqueue, hasWaitingJob } from "@/lib/jobs/queue";
import { eventRetire, meetingSync } from "@/lib/meetings/jobs";
import { listKnownCalendars } from "@/lib/meetings/known-calendars";
import { roomsWaitUntil } from "@/lib/meetings/meeting-lease";
import { calendarOwnerOf } from "@/lib/meetings/meeting-mailbox";
import { type CallContext, ProviderError } from "@/lib/meetings/provider";
import { calendarPort } from "@/lib/meetings/registry-calendar";

const callTimeoutMs = 8_000;

/** The event that takes its place is on its way by then. */
const afterMs = 15_000;

/** How often it is looked whether the event that takes its place is there, in seconds; that event calls for it, too. */
const standInSeconds = 30;

/** How long until a problem that only a person can fix is retried, in seconds. */
const slowSeconds = 3600;

/** How many events one sweep takes up. */
const batchSize = 200;

interface Owner {
  id: string;
  hostId: string;
  calendarOwnerId: string | null;
  connection: { userId: string } | null;
  invitations: string;
  /** Whom it has invited. */
  invitedEmails?: readonly string[];
  calendarMailbox: string | null;
  sharedCalendar: string | null;
}

/** An event that another one replaces. */
export interface Replaced {
  eventId: string;
  iCalUId: string | null;
  startsAt: Date;
  endsAt: Date;
  /** It holds the booking until its successor is written and its link read back. */
  isStandIn?: boolean;
  /** The link that holds until then. */
  joinUrl?: string | null;
}

/** Has an event of a meeting taken out of the calendar, for as long as that takes. Doing it twice does no harm. */
export async function retireLater(
  tx: Tx,
  {
    id: meetingId,
    invitations,
    invitedEmails = [],
    calendarMailbox: mailbox,
    sharedCalendar,
    ...meeting
  }: Owner,
  { eventId, iCalUId, startsAt, endsAt, isStandIn = false, joinUrl = null }: Replaced,
): Promise<void> {
  const dueAt = new Date(Date.now() + afterMs);
  const { id } = await tx.retiredEvent.upsert({
    where: { meetingId_eventId: { meetingId, eventId } },
    create: {
      userId: calendarOwnerOf(meeting),
      meetingId,
      mailbox,
      sharedCalendar,
      eventId,
      iCalUId,
      startsAt,
      endsAt,
      isStandIn,
      joinUrl,
      hasAttendees: invitations === "outlook" || invitedEmails.length > 0,
      dueAt,
    },
    update: {},
    select: { id: true },
  });
  await enqueue(tx, eventRetire, { retiredId: id }, { startAt: dueAt });
}

/** The handler of `event.retire`. */
export async function retireEvent({ retiredId }: { retiredId: string }): Promise<void> {
  const retired = await db().retiredEvent.findUnique({
    where: { id: retiredId },
    include: {
      meeting: {
        select: {
          kind: true,
          status: true,
          joinUrl: true,
          calendarEventId: true,
          _count: { select: { bookings: { where: { status: "confirmed" } } } },
        },
      },
    },
  });
  if (retired) addToLog({ meetingId: retired.meetingId });
  if (!retired || retired.endsAt.getTime() <= Date.now()) return;
  if (retired.meeting.calendarEventId === retired.eventId) return crossOut(retired, false);
  if (retired.isStandIn && !isReplaced(retired)) return comeBack(retired, null, standInSeconds);
  try {
    const wasThere = await takeOut(retired, retired.meeting.calendarEventId);
    await crossOut(retired, wasThere);
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    const { retryAfterSeconds } = error.details;
    const seconds = error.retryable ? pauseSeconds(retired.attempts + 1, retryAfterSeconds) : slowSeconds;
    await comeBack(retired, error.code, seconds);
  }
}

interface ReplacedEvent {
  joinUrl: string | null;
  meeting: {
    kind: string;
    status: string;
    joinUrl: string | null;
    calendarEventId: string | null;
    _count: { bookings: number };
  };
}

/** The new event is written and, where it brings a link, that was read back; or no one comes any more. */
function isReplaced({ joinUrl, meeting }: ReplacedEvent): boolean {
  if (meeting._count.bookings === 0) return true;
  if (meeting.calendarEventId === null) return false;
  return meeting.kind !== "teams" || (meeting.status === "ready" && meeting.joinUrl !== joinUrl);
}

/** Has the events that preceded the current one checked immediately. */
export async function retireStandIns(tx: Tx, meetingId: string): Promise<void> {
  const standIns = await tx.retiredEvent.findMany({
    where: { meetingId, isStandIn: true, problem: null },
    select: { id: true },
  });
  for (const { id } of standIns) await enqueue(tx, eventRetire, { retiredId: id });
}

/** False: the calendars don't show it. What they don't show is left alone: it may lie among the deleted items. */
async function takeOut(retired: RetiredEvent, currentId: string | null): Promise<boolean> {
  const { userId, mailbox, sharedCalendar, eventId, iCalUId, hasAttendees } = retired;
  const provider = calendarPort("teams");
  const context: CallContext = {
    userId,
    mailbox: mailbox ?? undefined,
    sharedCalendar: sharedCalendar ?? undefined,
    priority: "sync",
    timeoutMs: callTimeoutMs,
  };
  const { startsAt, endsAt } = (await provider.readEvent(context, eventId)) ?? retired;
  const calendars = await listKnownCalendars(userId, mailbox, sharedCalendar);
  const others = currentId ? [currentId] : [];
  const where = { eventId, iCalUId, startsAt, endsAt, calendars, others };
  const found = await provider.findLost(context, { ...where, meetingId: null });
  if (!found) return false;
  const { locale } = await db().user.findUniqueOrThrow({ where: { id: userId }, select: { locale: true } });
  const comment = translator("booking", localeOf(locale))("replacedInCalendar");
  const outcome = await provider.removeEvent(context, found.eventId, { comment, hasAttendees });
  if (outcome === "removed") return true;
  throw new ProviderError("unavailable", "An event that is shown was not found when it was removed.");
}

async function crossOut({ id, meetingId }: RetiredEvent, wasThere: boolean): Promise<void> {
  await db().$transaction(async (tx) => {
    const { count } = await tx.retiredEvent.deleteMany({ where: { id } });
    if (count > 0) await inviteRooms(tx, meetingId);
    // Of two workers at it, one took it out and the other found it gone, whichever crosses it out first.
    if (!wasThere) return;
    const bookings = await tx.booking.findMany({ where: { meetingId }, select: { id: true } });
    const ids = bookings.map((booking) => booking.id);
    await note(tx, ids, { step: "event_retired", outcome: "ok" });
  });
}

/** The rooms of the meeting have its time for themselves now, or have waited for that long enough. */
async function inviteRooms(tx: Tx, meetingId: string, startAt?: Date): Promise<void> {
  const rooms = await tx.roomClaim.count({ where: { meetingId } });
  if (rooms > 0) await enqueue(tx, meetingSync, { meetingId }, startAt ? { startAt } : { priority: 10 });
}

async function comeBack(retired: RetiredEvent, problem: string | null, seconds: number): Promise<void> {
  const { id: retiredId, meetingId, isStandIn } = retired;
  const dueAt = new Date(Date.now() + seconds * 1000);
  const roomsAt = isStandIn && retired.problem === null ? roomsWaitUntil({ ...retired, problem }) : null;
  await db().$transaction(async (tx) => {
    if (roomsAt) await inviteRooms(tx, meetingId, roomsAt);
    const { count } = await tx.retiredEvent.updateMany({
      where: { id: retiredId },
      data: { problem, dueAt, attempts: { increment: 1 } },
    });
    if (count > 0) await enqueue(tx, eventRetire, { retiredId }, { startAt: dueAt });
  });
}

/** Takes up an organizer's events that could not be taken out, such as after a reconnect. */
export async function healRetired(userId: string): Promise<void> {
  const waiting = await db().retiredEvent.findMany({
    where: { userId, problem: { not: null } },
    select: { id: true },
  });
  for (const { id } of waiting) {
    await db().$transaction(async (tx) => {
      await tx.retiredEvent.updateMany({ where: { id }, data: { problem: null, dueAt: new Date() } });
      await enqueue(tx, eventRetire, { retiredId: id });
    });
  }
}

/** Takes up events whose job was lost, and forgets those whose time is over. */
export async function sweepRetired(): Promise<void> {
  const now = new Date();
  await db().retiredEvent.deleteMany({ where: { endsAt: { lte: now } } });
  const due = await db().retiredEvent.findMany({
    where: { dueAt: { lt: new Date(now.getTime() - 60_000) } },
    select: { id: true },
    orderBy: { dueAt: "asc" },
    take: batchSize,
  });
  for (const { id: retiredId } of due) {
    if (await hasWaitingJob(eventRetire, { retiredId })) continue;
    await db().$transaction((tx) => enqueue(tx, eventRetire, { retiredId }));
  }
}
