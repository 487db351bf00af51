/**
 * Keeps the calendar event of a meeting in line with its bookings. Looks at what should be and what is, does the next
 * step, writes both down. Runs any number of times and does each thing once.
 */

import { lockHosts } from "@/lib/booking-record/organizer-lock";
import { zoneOf } from "@/lib/booking-record/zone";
import { addToLog } from "@/lib/config/log";
import { db, type Tx } from "@/lib/database/client";
import type { Prisma } from "@/lib/database/generated/client";
import { lockRow } from "@/lib/database/lock-row";
import { type CallRecord, type FlightNote, note, noteCalls } from "@/lib/flight-recorder/flight-recorder";
import { enqueue } from "@/lib/jobs/queue";
import { activateMeeting } from "@/lib/meetings/activate-meeting";
import { calendarEventOf, placeOf, roomsOf } from "@/lib/meetings/calendar-event";
import type { CalendarEvent, CalendarEventInput } from "@/lib/meetings/calendar-port";
import { meetingCompare, meetingSync } from "@/lib/meetings/jobs";
import { lostEventOf } from "@/lib/meetings/lost-event";
import { attending, type LeasedMeeting, leaseMeeting } from "@/lib/meetings/meeting-lease";
import {
  belongsElsewhere,
  type ConnectedMailbox,
  calendarOwnerOf,
  connectedMailbox,
  isHandedOver,
} from "@/lib/meetings/meeting-mailbox";
import { setOptions } from "@/lib/meetings/meeting-options";
import {
  foundAgain,
  hasFallback,
  hasLostTeams,
  isAskedFor,
  judgeLink,
  leavesCalendar,
  movedOver,
  type Outcome,
  setBack,
  setBackRemoval,
  settled,
  unwritten,
  vanished,
  withoutTeams,
} from "@/lib/meetings/meeting-outcome";
import { bringPeople, isPeopleChanged, notePeople, peopleIn } from "@/lib/meetings/meeting-people";
import { notifyOrganizer } from "@/lib/meetings/notify-organizer";
import { type CallContext, ProviderError } from "@/lib/meetings/provider";
import { isLive, readLinkBack } from "@/lib/meetings/read-link";
import { calendarPort } from "@/lib/meetings/registry-calendar";
import { findHidden, removeMeeting } from "@/lib/meetings/remove-meeting";
import { retireLater, retireStandIns } from "@/lib/meetings/retired-events";
import { getWritingPlace, type WritingPlace } from "@/lib/meetings/writing-place";
import { announceMeeting } from "@/lib/notices/announce";

const callTimeoutMs = 10_000;

/** The handler of `meeting.sync`. */
export async function syncMeeting({ meetingId }: { meetingId: string }): Promise<void> {
  const meeting = await leaseMeeting(meetingId);
  if (meeting === "gone") return;
  if (meeting === "busy") {
    await db().$transaction((tx) => enqueue(tx, meetingSync, { meetingId }, { startAt: secondsFromNow(2) }));
    return;
  }
  addToLog({ bookingIds: meeting.bookings.map(({ id }) => id) });
  const calls: { record: CallRecord; at: Date }[] = [];
  const context: CallContext = {
    userId: calendarOwnerOf(meeting),
    priority: "visitor",
    timeoutMs: callTimeoutMs,
    onCall: (record) => calls.push({ record, at: new Date(Date.now() - record.durationMs) }),
  };
  let outcome: Outcome;
  try {
    outcome = await step(meeting, context);
  } catch (error) {
    if (!(error instanceof ProviderError)) {
      await db().meeting.update({ where: { id: meetingId }, data: { leaseUntil: null } });
      throw error;
    }
    outcome = attending(meeting).length === 0 ? setBackRemoval(meeting, error) : setBack(meeting, error);
  }
  await store(meeting, outcome, calls);
}

async function store(
  meeting: LeasedMeeting,
  outcome: Outcome,
  calls: { record: CallRecord; at: Date }[],
): Promise<void> {
  const bookingIds = meeting.bookings.map((booking) => booking.id);
  await db().$transaction(async (tx) => {
    // As everyone does who changes a meeting and its bookings, in whichever order.
    await lockHosts(tx, [meeting.hostId]);
    const now = await tx.meeting.update({
      where: { id: meeting.id },
      data: { ...(await stillTrue(tx, meeting, outcome.changes)), leaseUntil: null },
      select: { startsAt: true, endsAt: true, kind: true, hostId: true },
    });
    await noteCalls(tx, bookingIds, calls);
    for (const line of outcome.lines) await note(tx, bookingIds, line);
    if (outcome.retires) await retireLater(tx, meeting, outcome.retires);
    else if (meeting.retired.some(({ isStandIn }) => isStandIn)) await retireStandIns(tx, meeting.id);
    if (outcome.notifies) await notifyOrganizer(tx, meeting, outcome.notifies);
    if (outcome.changes.status === "none" && (await isAttendedNow(tx, meeting.id))) {
      await activateMeeting(tx, meeting.id);
    }
    if (outcome.againInSeconds === null || outcome.isNews) {
      await announceMeeting(
        tx,
        attending(meeting).map((booking) => booking.id),
      );
    }
    const moved =
      now.startsAt.getTime() !== meeting.startsAt.getTime() ||
      now.endsAt.getTime() !== meeting.endsAt.getTime() ||
      now.hostId !== meeting.hostId ||
      (now.kind !== meeting.kind && outcome.changes.kind === undefined);
    const again = moved ? 0 : outcome.againInSeconds;
    if (again !== null) {
      await enqueue(
        tx,
        meetingSync,
        { meetingId: meeting.id },
        { startAt: secondsFromNow(again), priority: 10 },
      );
    }
  });
}

/** What was found about a Teams meeting says nothing once its organizer has given another place meanwhile. */
async function stillTrue(
  tx: Tx,
  { id, kind }: LeasedMeeting,
  changes: Prisma.MeetingUpdateInput,
): Promise<Prisma.MeetingUpdateInput> {
  if (kind !== "teams") return changes;
  await lockRow(tx, "Meeting", { id });
  const now = await tx.meeting.findUnique({ where: { id }, select: { kind: true } });
  if (now?.kind === kind) return changes;
  const { status: _1, joinUrl: _2, verifiedAt: _3, kind: _4, place: _5, problem: _6, ...rest } = changes;
  return rest;
}

/** Someone may have been let in while the event of no one was taken away. */
async function isAttendedNow(tx: Tx, meetingId: string): Promise<boolean> {
  return (await tx.booking.count({ where: { meetingId, status: "confirmed" } })) > 0;
}

const secondsFromNow = (seconds: number) => new Date(Date.now() + seconds * 1000);

async function step(meeting: LeasedMeeting, context: CallContext): Promise<Outcome> {
  const { calendarEventId, calendarMailbox } = meeting;
  const sharedCalendar = meeting.sharedCalendar ?? undefined;
  const there = calendarMailbox === null ? context : { ...context, mailbox: calendarMailbox, sharedCalendar };
  if (attending(meeting).length === 0) return removeMeeting(meeting, there);
  if (isHandedOver(meeting)) return leave(meeting, there);
  const connected = await connectedMailbox(context.userId);
  if (!calendarEventId) {
    const isElsewhere = calendarMailbox !== null && calendarMailbox !== connected?.mailbox;
    return isElsewhere ? lookElsewhere(meeting, there) : create(meeting, context, connected);
  }
  const mayHeal = isAskedFor(meeting) && connected?.isOpen && connected.hasTeams;
  if (mayHeal || (await belongsElsewhere(meeting, connected))) return movedOver(meeting, calendarEventId);
  return move(meeting, there, calendarEventId);
}

/** Whoever had the meeting before may have an event of it that we don't know, where the answer was lost. */
async function leave(meeting: LeasedMeeting, context: CallContext): Promise<Outcome> {
  const { calendarEventId, calendarMailbox, hostId, kind } = meeting;
  if (!calendarEventId && calendarMailbox !== null) {
    const eventId = await findHidden(meeting, context);
    if (eventId) return foundAgain(eventId);
  }
  const isNeeded = kind === "teams" || (await connectedMailbox(hostId)) !== null;
  return leavesCalendar(meeting, { isNeeded });
}

/** An earlier try may have made the event in a mailbox that is no longer the connected one. */
async function lookElsewhere(meeting: LeasedMeeting, context: CallContext): Promise<Outcome> {
  const eventId = await findHidden(meeting, context);
  return eventId ? foundAgain(eventId) : { ...vanished(meeting), lines: [] };
}

/**
 * The event was not found. Nothing follows from that before the calendars were asked for it: it is there all the same and the
 * job comes back, it has another id by now, or it is gone and is made again.
 */
async function lookAgain(meeting: LeasedMeeting, context: CallContext): Promise<Outcome> {
  const found = await calendarPort("teams").findLost(context, await lostEventOf(meeting));
  if (found === null) return vanished(meeting);
  if (found.eventId !== meeting.calendarEventId) return foundAgain(found.eventId);
  throw new ProviderError("unavailable", "The calendar shows an event that was not found by its id.", {
    vendorCode: "unsettled_event",
  });
}

/** In the calendar that was chosen for bookings. Someone else's that isn't open any more is passed over, for the account's own. */
async function create(
  meeting: LeasedMeeting,
  context: CallContext,
  connected: ConnectedMailbox | null,
): Promise<Outcome> {
  const place = await getWritingPlace(context.userId);
  if (place.isReadOnly) return unwritten(meeting);
  const sharedCalendar = sharedPlaceOf(meeting, place);
  const own = { ...place, sharedCalendar: null };
  if (sharedCalendar === null || !connected) return createAt(meeting, context, connected, own);
  try {
    return await createAt(meeting, context, connected, { ...own, calendarId: null, sharedCalendar });
  } catch (error) {
    const isUnmade = meeting.calendarMailbox === null;
    if (!(error instanceof ProviderError && error.isOfSharedCalendar && isUnmade)) throw error;
    const outcome = await createAt(meeting, context, connected, { ...own, hasMeetings: true });
    return { ...outcome, lines: [{ step: "shared_calendar_closed", outcome: "failed" }, ...outcome.lines] };
  }
}

/** An earlier try may have made the event already: then it is there, whatever has been chosen since. Teams meetings go where there are any. */
function sharedPlaceOf(meeting: LeasedMeeting, place: WritingPlace): string | null {
  if (meeting.calendarMailbox !== null) return meeting.sharedCalendar;
  return meeting.kind === "teams" && !place.hasMeetings ? null : place.sharedCalendar;
}

async function createAt(
  meeting: LeasedMeeting,
  outside: CallContext,
  connected: ConnectedMailbox | null,
  place: WritingPlace,
): Promise<Outcome> {
  const sharedCalendar = place.sharedCalendar ?? undefined;
  const context = connected ? { ...outside, mailbox: connected.mailbox, sharedCalendar } : outside;
  // The meeting is of the mailbox that the event is in.
  const hasTeams = connected?.hasTeams === true || sharedCalendar !== undefined;
  const lacksTeams = meeting.kind === "teams" && connected?.isOpen === true && !hasTeams;
  if (lacksTeams && hasFallback(meeting)) return withoutTeams(meeting, "no_teams");
  await notePeople(meeting);
  // Teams meetings are made where Outlook says that there are any.
  const calendarId = meeting.kind === "teams" && !place.hasMeetings ? null : place.calendarId;
  const full = calendarEventOf(meeting, attending(meeting));
  // Without Teams the event is written all the same, and its organizer is asked where it takes place.
  const wanted = lacksTeams ? { ...full, online: false } : full;
  const otherEventIds = meeting.retired.map(({ eventId }) => eventId);
  const event = await createIn(meeting, connected, context, { ...wanted, calendarId, otherEventIds });
  const created: FlightNote = {
    step: "meeting_created",
    outcome: "ok",
    facts: { generation: meeting.generation },
  };
  const people = peopleIn(meeting, event);
  const written = {
    sharedCalendar: sharedCalendar ?? null,
    calendarEventId: event.eventId,
    iCalUId: event.iCalUId,
    calendarStartsAt: event.startsAt,
    calendarEndsAt: event.endsAt,
    calendarPlace: wanted.place,
  };
  const changes: Prisma.MeetingUpdateInput = { ...written, ...people.changes };
  // An earlier try may have made it for a time or for people that were others.
  const isDone = isInPlace(meeting, event) && people.isComplete;
  if (meeting.kind !== "teams" || lacksTeams) {
    const rest = lacksTeams ? withoutTeams(meeting, "no_teams") : { changes: settled(), lines: [] };
    return {
      changes: { ...changes, ...rest.changes },
      lines: [created, ...rest.lines],
      againInSeconds: isDone ? null : 0,
    };
  }
  await db().meeting.update({ where: { id: meeting.id }, data: changes });
  const seen = await readLinkBack(meeting.id, context, event, { isNew: true });
  const rest = isLive(seen)
    ? await withOptions(meeting, context, judgeLink(meeting, seen))
    : await lookAgain({ ...meeting, ...written }, context);
  return {
    ...rest,
    changes: { ...changes, ...rest.changes },
    lines: [created, ...rest.lines],
    againInSeconds: isDone ? rest.againInSeconds : 0,
  };
}

/** Where the event is written to is known before it is: should the answer be lost, it is looked for there and nowhere else. */
async function createIn(
  meeting: LeasedMeeting,
  connected: ConnectedMailbox | null,
  context: CallContext,
  input: CalendarEventInput,
): Promise<CalendarEvent> {
  const isFirst = meeting.calendarMailbox === null;
  if (isFirst && connected) await notePlace(meeting.id, connected, context.sharedCalendar ?? null);
  try {
    return await calendarPort("teams").createEvent(context, input);
  } catch (error) {
    const isUnmade = error instanceof ProviderError && error.code !== "unavailable";
    if (isFirst && isUnmade) {
      const data = { calendarMailbox: null, sharedCalendar: null };
      await db().meeting.update({ where: { id: meeting.id }, data, select: { id: true } });
    }
    throw error;
  }
}

/** A connection that ends in this moment is not named. */
async function notePlace(
  meetingId: string,
  { mailbox, connectionId }: ConnectedMailbox,
  sharedCalendar: string | null,
): Promise<void> {
  await db().$executeRaw`
    UPDATE "Meeting" SET "calendarMailbox" = ${mailbox}, "sharedCalendar" = ${sharedCalendar}, "updatedAt" = now(),
      "connectionId" = (SELECT id FROM "MeetingProviderConnection" WHERE id = ${connectionId}::uuid)
    WHERE id = ${meetingId}::uuid`;
}

/** Once the link is verified the meeting gets its options. */
async function withOptions(meeting: LeasedMeeting, context: CallContext, judged: Outcome): Promise<Outcome> {
  const { status, joinUrl } = judged.changes;
  if (status !== "ready" || typeof joinUrl !== "string") return judged;
  const options = await setOptions(meeting, context, joinUrl);
  if (!options) return judged;
  return {
    changes: { ...judged.changes, ...options.changes },
    lines: [...judged.lines, ...options.lines],
    againInSeconds: options.againInSeconds,
    isNews: true,
  };
}

function isInPlace(meeting: LeasedMeeting, at: { startsAt: Date; endsAt: Date }): boolean {
  const { startsAt, endsAt } = meeting;
  return at.startsAt.getTime() === startsAt.getTime() && at.endsAt.getTime() === endsAt.getTime();
}

async function move(meeting: LeasedMeeting, context: CallContext, eventId: string): Promise<Outcome> {
  const provider = calendarPort("teams");
  const { startsAt, endsAt } = meeting;
  const { calendarStartsAt, calendarEndsAt } = meeting;
  const inPlace =
    calendarStartsAt !== null &&
    calendarEndsAt !== null &&
    isInPlace(meeting, { startsAt: calendarStartsAt, endsAt: calendarEndsAt });
  const people = isPeopleChanged(meeting) ? await bringPeople(meeting, context, eventId) : undefined;
  if (people === null) return lookAgain(meeting, context);
  const event = inPlace
    ? (people?.event ?? (await provider.readEvent(context, eventId)))
    : await provider.moveEvent(context, eventId, {
        startsAt,
        endsAt,
        timeZone: zoneOf(meeting, meeting.host),
      });
  if (!isLive(event)) return lookAgain(meeting, context);
  const place = placeOf(meeting);
  const hasPlace = meeting.kind !== "teams" || meeting.rooms.length > 0 || meeting.calendarPlace !== null;
  const isElsewhere = hasPlace && place !== meeting.calendarPlace;
  const at = { place: place ?? "", rooms: roomsOf(meeting) };
  if (isElsewhere && !isLive(await provider.placeEvent(context, eventId, at))) {
    return lookAgain(meeting, context);
  }
  const isMovedByHand = inPlace && !isInPlace(meeting, event);
  if (isMovedByHand) await compareNext(meeting);
  const changes = {
    ...(isMovedByHand ? {} : { calendarStartsAt: event.startsAt, calendarEndsAt: event.endsAt }),
    ...(isElsewhere ? { calendarPlace: place } : {}),
    ...people?.changes,
  };
  const lines: FlightNote[] = [
    ...(people ? [{ step: "people_changed", outcome: "ok" } as const] : []),
    ...(inPlace ? [] : [{ step: "meeting_moved", outcome: "ok" } as const]),
    ...(isElsewhere ? [{ step: "event_placed", outcome: "ok" } as const] : []),
  ];
  if (meeting.kind !== "teams") return { changes: { ...changes, ...settled() }, lines, againInSeconds: null };
  const seen = event.joinUrl ? event : await readLinkBack(meeting.id, context, event);
  if (!isLive(seen)) return lookAgain(meeting, context);
  if (hasLostTeams(meeting, seen)) {
    await compareNext(meeting);
    return { changes: { ...changes, ...settled() }, lines, againInSeconds: null };
  }
  const rest = await withOptions(meeting, context, judgeLink(meeting, seen));
  return { ...rest, changes: { ...changes, ...rest.changes }, lines: [...lines, ...rest.lines] };
}

/** What someone changed in the event is for the event type's rule to decide, not for a sync that happened to see it first. */
async function compareNext({ id: meetingId }: LeasedMeeting): Promise<void> {
  await db().$transaction((tx) => enqueue(tx, meetingCompare, { meetingId }));
}
