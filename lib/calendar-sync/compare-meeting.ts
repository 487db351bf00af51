/**
 * Looks at the event of one meeting and does what its event type wants done with what someone changed there. Runs any number
 * of times, side by side and in any order, and does each thing once: it compares what is with what should be, knows no messages,
 * and decides under the organizer's lock on what it has read, or looks again.
 */

import { lockHosts } from "@/lib/booking-record/organizer-lock";
import { cancelByCalendar, makeEventAnew, moveMeeting } from "@/lib/calendar-sync/apply-change";
import {
  type ComparedMeeting,
  idsOf,
  isInReach,
  readComparedMeeting,
  toKnownMeeting,
} from "@/lib/calendar-sync/compared-meeting";
import { type Comparison, compareEvent, type Difference } from "@/lib/calendar-sync/difference";
import { askOrganizer, closePassed, ignoreDifference, leaveToRule } from "@/lib/calendar-sync/drift";
import { type Calls, inspectEventOf } from "@/lib/calendar-sync/inspect-event";
import { followRooms } from "@/lib/calendar-sync/room-answers";
import { addToLog } from "@/lib/config/log";
import { db, type Tx } from "@/lib/database/client";
import { isOverlap } from "@/lib/database/errors";
import { note, noteCalls } from "@/lib/flight-recorder/flight-recorder";
import { pauseSeconds } from "@/lib/jobs/backoff";
import { enqueue } from "@/lib/jobs/queue";
import type { InspectedEvent } from "@/lib/meetings/calendar-port";
import { meetingCompare, meetingSync } from "@/lib/meetings/jobs";
import { beginLook } from "@/lib/meetings/meeting-lease";
import { ProviderError } from "@/lib/meetings/provider";
import { retireStrays } from "@/lib/meetings/stray-events";

/** After a change, the result is compared once more. */
const lookAgainMs = 3_000;

/** After this many failures in a row, it's left to the next sync round or the daily check. */
const failuresMax = 8;

interface Asked {
  meetingId: string;
  isRemoved?: boolean;
  isSwept?: boolean;
  failures?: number;
}

/** The handler of `meeting.compare`. */
export async function compareMeeting(asked: Asked, now = Date.now()): Promise<void> {
  const { meetingId } = asked;
  const before = await readComparedMeeting(db(), meetingId);
  if (!before) return;
  addToLog({ bookingIds: idsOf(before) });
  if (before.bookings.length === 0 && asked.isSwept) return lookForStrays(meetingId);
  if (!isComparable(before, now)) return;
  if (!(await beginLook(meetingId))) return comeBack(asked, 2);
  try {
    const calls: Calls = [];
    const event = await inspectEventOf(before, asked.isRemoved === true, calls);
    if (event === "not_ours") return;
    const isDone = event !== "renamed" && (await settle(before, event, calls, now));
    if (!isDone) return await comeBack(asked, 1);
    if (asked.isSwept) await retireStrays(meetingId);
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    await setBack(asked, error, idsOf(before));
  }
}

/** A meeting that has begun is no longer changed, and one that isn't in the calendar yet can't differ from it. */
function isComparable(meeting: ComparedMeeting, now: number): boolean {
  return isInReach(meeting) && meeting.startsAt.getTime() > now && meeting.bookings.length > 0;
}

async function comeBack(asked: Asked, seconds: number): Promise<void> {
  const startAt = new Date(Date.now() + seconds * 1000);
  await db().$transaction((tx) => enqueue(tx, meetingCompare, asked, { startAt }));
}

/** If a calendar doesn't answer, the next sweep is soon enough. */
async function lookForStrays(meetingId: string): Promise<void> {
  try {
    await retireStrays(meetingId);
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
  }
}

/** After this many failures in a row a line in the flight recorder says why nothing is decided. */
const toleratedFailures = 2;

/** Temporary failures are retried; others are reported as a problem of the connection. */
async function setBack(asked: Asked, error: ProviderError, bookingIds: string[]): Promise<void> {
  const failures = (asked.failures ?? 0) + 1;
  if (!error.retryable || failures > failuresMax) return;
  if (failures === toleratedFailures) {
    const { status = null, vendorCode = null } = error.details;
    const facts = { problem: error.code, status, vendorCode };
    await note(db(), bookingIds, { step: "outlook_unclear", outcome: "waiting", facts });
  }
  await comeBack({ ...asked, failures }, pauseSeconds(failures + 2, error.details.retryAfterSeconds));
}

/** False: the bookings changed meanwhile, so the meeting has to be compared once more. */
async function settle(
  before: ComparedMeeting,
  event: InspectedEvent | null,
  calls: Calls,
  now: number,
): Promise<boolean> {
  const attempt = (isTaken: boolean) =>
    db().$transaction(async (tx) => {
      await lockHosts(tx, [before.hostId]);
      const meeting = await readComparedMeeting(tx, before.id);
      if (!meeting || !isComparable(meeting, now)) return true;
      if (stateOf(meeting) !== stateOf(before)) return false;
      await act(tx, meeting, compareEvent(toKnownMeeting(meeting), event), { event, calls, now, isTaken });
      return true;
    });
  try {
    return await attempt(false);
  } catch (error) {
    if (isOverlap(error)) return attempt(true);
    throw error;
  }
}

/** What a comparison depends on. */
function stateOf({ startsAt, endsAt, calendarEventId, calendarStartsAt, bookings }: ComparedMeeting): string {
  const people = bookings.map(({ id, status }) => [id, status]);
  return JSON.stringify([startsAt, endsAt, calendarEventId, calendarStartsAt, people]);
}

interface Circumstances {
  event: InspectedEvent | null;
  calls: Calls;
  now: number;
  /** The time it was moved to turned out to be taken. */
  isTaken: boolean;
}

async function act(
  tx: Tx,
  meeting: ComparedMeeting,
  comparison: Comparison,
  circumstances: Circumstances,
): Promise<void> {
  if (comparison.state !== "compared") {
    await enqueue(tx, meetingSync, { meetingId: meeting.id });
    return;
  }
  const lines = await tx.flightEntry.count({ where: { bookingId: { in: idsOf(meeting) } } });
  const isMovedAway = comparison.differences.some(({ kind }) => kind === "moved" || kind === "removed");
  // What rooms answered is about the time that the event has.
  const rooms = await followRooms(tx, meeting, isMovedAway ? null : circumstances.event, circumstances.now);
  const differences = [...comparison.differences, ...rooms];
  await closePassed(tx, meeting, differences);
  if (!isMovedAway) await agree(tx, meeting);
  for (const difference of differences) await follow(tx, meeting, difference, circumstances);
  const isNews = lines < (await tx.flightEntry.count({ where: { bookingId: { in: idsOf(meeting) } } }));
  if (!isNews) return;
  await noteCalls(tx, idsOf(meeting), circumstances.calls);
  // The event may have changed once more since it was read, and another look at it been faster.
  const startAt = new Date(Date.now() + lookAgainMs);
  await enqueue(tx, meetingCompare, { meetingId: meeting.id }, { startAt });
}

/** Both sides have the same time, whichever of them wrote it last. */
async function agree(tx: Tx, { id, startsAt, endsAt, calendarStartsAt, calendarEndsAt }: ComparedMeeting) {
  if (+startsAt === +(calendarStartsAt ?? 0) && +endsAt === +(calendarEndsAt ?? 0)) return;
  await tx.meeting.update({
    where: { id },
    data: { calendarStartsAt: startsAt, calendarEndsAt: endsAt },
    select: { id: true },
  });
}

/** Does with one difference what the event type says. */
async function follow(
  tx: Tx,
  meeting: ComparedMeeting,
  difference: Difference,
  { now, isTaken }: Circumstances,
): Promise<void> {
  const policy = meeting.eventType?.outlookChanges ?? "apply";
  const { kind, startsAt, endsAt } = difference;
  if (kind === "host_declined") return followHost(tx, meeting, difference);
  if (kind === "room_declined") return askOrganizer(tx, meeting, difference, "answer");
  if (policy === "ignore") return ignoreDifference(tx, meeting, difference);
  // An answer is given in a moment, often by a phone: it never takes a booking away by itself.
  if (kind === "declined" || kind === "proposed") return askOrganizer(tx, meeting, difference, "answer");
  if (policy === "ask") return askOrganizer(tx, meeting, difference, "policy");
  switch (kind) {
    case "removed":
      if (await isOneOfMany(tx, meeting, now)) return askOrganizer(tx, meeting, difference, "many");
      return cancelByCalendar(tx, meeting, now);
    case "link_lost":
      await note(tx, idsOf(meeting), { step: "outlook_link_lost", outcome: "waiting" });
      return makeEventAnew(tx, meeting);
    case "moved": {
      if (!startsAt || !endsAt) return;
      const obstacle = isTaken ? "taken" : obstacleOf(difference, now);
      if (obstacle) return askOrganizer(tx, meeting, difference, obstacle);
      return moveMeeting(tx, meeting, { startsAt, endsAt, by: "calendar", now });
    }
  }
}

/** Where the event type says so the rule hands the booking over (lib/booking/handovers-due.ts), and asks once no one can take it. */
async function followHost(tx: Tx, meeting: ComparedMeeting, difference: Difference): Promise<void> {
  switch (meeting.eventType?.hostDeclines ?? "ask") {
    case "ignore":
      return ignoreDifference(tx, meeting, difference);
    case "hand_over":
      return leaveToRule(tx, meeting, difference);
    case "ask":
      return askOrganizer(tx, meeting, difference, "answer");
  }
}

/** At most this many bookings of an organizer are cancelled from their calendar within this many minutes. */
const cancelsMax = 3;
const cancelsMinutes = 30;

/** When a whole calendar empties, no one has decided about each booking, even if each event is proven to be gone. */
async function isOneOfMany(tx: Tx, { hostId }: ComparedMeeting, now: number): Promise<boolean> {
  const cancelled = await tx.booking.count({
    where: {
      meeting: { hostId },
      cancelledBy: "calendar",
      cancelledAt: { gt: new Date(now - cancelsMinutes * 60_000) },
    },
  });
  return cancelled >= cancelsMax;
}

function obstacleOf({ startsAt, endsAt, isAllDay }: Difference, now: number): "past" | "all_day" | null {
  if (isAllDay || !startsAt || !endsAt || startsAt >= endsAt) return "all_day";
  return startsAt.getTime() <= now ? "past" : null;
}
