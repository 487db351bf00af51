/**
 * Keeps the calendar event of a meeting in line with its bookings. Looks at what should be and what is, does the next
 * step, writes both down. Runs any number of times and does each thing once.
 */
import { calendarEventOf } from "@/lib/booking/calendar-event";
import { type FlightNote, note, noteCalls } from "@/lib/booking/flight-recorder";
import { meetingCompare, meetingSync } from "@/lib/booking/jobs";
import { attending, type LeasedMeeting, leaseMeeting, renewLease } from "@/lib/booking/meeting-lease";
import { setOptions } from "@/lib/booking/meeting-options";
import {
  forgotten,
  judgeLink,
  type Outcome,
  setBack,
  settled,
  unwritten,
  vanished,
} from "@/lib/booking/meeting-outcome";
import { bringPeople, isPeopleChanged, notePeople, peopleIn } from "@/lib/booking/meeting-people";
import { openDoor } from "@/lib/booking/open-door";
import { getWritingPlace } from "@/lib/calendar-sync/choices";
import { mailboxOf } from "@/lib/connections/mailbox";
import { db, type Tx } from "@/lib/database/client";
import type { Prisma } from "@/lib/database/generated/client";
import { enqueue } from "@/lib/jobs/queue";
import {
  type CalendarEvent,
  type CallContext,
  type CallRecord,
  ProviderError,
} from "@/lib/meetings/provider";
import { providerFor } from "@/lib/meetings/registry";
import { announceMeeting } from "@/lib/notifications/booking/announce";

/** How often a link that is not there yet is looked for at once, and the pauses between, in milliseconds. */
const linkPauses = [250, 750, 1500];

const callTimeoutMs = 10_000;

/** The handler of `meeting.sync`. */
export async function syncMeeting({ meetingId }: { meetingId: string }): Promise<void> {
  const meeting = await leaseMeeting(meetingId);
  if (meeting === "gone") return;
  if (meeting === "busy") {
    await db().$transaction((tx) => enqueue(tx, meetingSync, { meetingId }, { startAt: secondsFromNow(2) }));
    return;
  }
  const calls: { record: CallRecord; at: Date }[] = [];
  const context: CallContext = {
    userId: meeting.userId,
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
    outcome = setBack(meeting, error);
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
    const now = await tx.meeting.update({
      where: { id: meeting.id },
      data: { ...outcome.changes, leaseUntil: null },
      select: { startsAt: true, endsAt: true },
    });
    await noteCalls(tx, bookingIds, calls);
    for (const line of outcome.lines) await note(tx, bookingIds, line);
    if (outcome.changes.status === "none" && (await isAttendedNow(tx, meeting.id))) {
      await openDoor(tx, meeting.id);
    }
    if (outcome.againInSeconds === null || outcome.isNews) {
      await announceMeeting(
        tx,
        attending(meeting).map((booking) => booking.id),
      );
    }
    const moved =
      now.startsAt.getTime() !== meeting.startsAt.getTime() ||
      now.endsAt.getTime() !== meeting.endsAt.getTime();
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

/** Somebody may have been let in while the event of nobody was taken away. */
async function isAttendedNow(tx: Tx, meetingId: string): Promise<boolean> {
  return (await tx.booking.count({ where: { meetingId, status: "confirmed" } })) > 0;
}

const secondsFromNow = (seconds: number) => new Date(Date.now() + seconds * 1000);

function step(meeting: LeasedMeeting, context: CallContext): Promise<Outcome> {
  if (attending(meeting).length === 0) return remove(meeting, context);
  if (!meeting.calendarEventId) return create(meeting, context);
  return move(meeting, context, meeting.calendarEventId);
}

async function create(meeting: LeasedMeeting, context: CallContext): Promise<Outcome> {
  const provider = providerFor("teams");
  const place = await getWritingPlace(meeting.userId);
  if (place.isReadOnly) return unwritten(meeting);
  await notePeople(meeting);
  // Teams meetings are made where Outlook says that there are any.
  const calendarId = meeting.kind === "teams" && !place.hasMeetings ? null : place.calendarId;
  const wished = calendarEventOf(meeting, attending(meeting));
  const event = await provider.createEvent(context, { ...wished, calendarId });
  const created: FlightNote = {
    step: "meeting_created",
    outcome: "ok",
    facts: { generation: meeting.generation },
  };
  const people = peopleIn(meeting, event);
  const changes: Prisma.MeetingUpdateInput = {
    calendarEventId: event.eventId,
    calendarMailbox: await mailboxOfOrganizer(meeting.userId),
    iCalUId: event.iCalUId,
    calendarStartsAt: event.startsAt,
    calendarEndsAt: event.endsAt,
    ...people.changes,
  };
  // An earlier try may have made it for a time or for people that were others.
  const isDone = isInPlace(meeting, event) && people.isComplete;
  if (meeting.kind !== "teams") {
    return {
      changes: { ...changes, ...settled() },
      lines: [created],
      againInSeconds: isDone ? null : 0,
    };
  }
  await db().meeting.update({ where: { id: meeting.id }, data: changes });
  const seen = await readLinkBack(meeting.id, context, event, { isNew: true });
  const rest = await withOptions(meeting, context, judgeLink(meeting, seen));
  return {
    ...rest,
    changes: { ...changes, ...rest.changes },
    lines: [created, ...rest.lines],
    againInSeconds: isDone ? rest.againInSeconds : 0,
  };
}

async function mailboxOfOrganizer(userId: string): Promise<string | null> {
  const connection = await db().meetingProviderConnection.findUnique({
    where: { userId_provider: { userId, provider: "teams" } },
    select: { tenantId: true, accountId: true },
  });
  return connection && mailboxOf(connection);
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

/**
 * Reads the event again until it shows its link, a few times at once. Null: the event is gone. One that is new may not be
 * found at first: it is given the same time.
 */
async function readLinkBack(
  meetingId: string,
  context: CallContext,
  event: CalendarEvent,
  { isNew = false } = {},
): Promise<CalendarEvent | null> {
  const provider = providerFor("teams");
  let seen = await provider.readEvent(context, event.eventId);
  for (const pause of linkPauses) {
    const isSettled = seen === null ? !isNew : seen.joinUrl !== null || !seen.online;
    if (isSettled) break;
    await new Promise((resolve) => setTimeout(resolve, pause));
    await renewLease(meetingId);
    seen = await provider.readEvent(context, event.eventId);
  }
  return seen;
}

async function move(meeting: LeasedMeeting, context: CallContext, eventId: string): Promise<Outcome> {
  const provider = providerFor("teams");
  const { startsAt, endsAt } = meeting;
  const { calendarStartsAt, calendarEndsAt } = meeting;
  const inPlace =
    calendarStartsAt !== null &&
    calendarEndsAt !== null &&
    isInPlace(meeting, { startsAt: calendarStartsAt, endsAt: calendarEndsAt });
  const people = isPeopleChanged(meeting) ? await bringPeople(meeting, context, eventId) : undefined;
  if (people === null) return vanished(meeting);
  const event = inPlace
    ? (people?.event ?? (await provider.readEvent(context, eventId)))
    : await provider.moveEvent(context, eventId, {
        startsAt,
        endsAt,
        timeZone: meeting.eventType?.schedule.timeZone ?? "UTC",
      });
  if (event === null || event.isCancelled) return vanished(meeting);
  const isMovedByHand = inPlace && !isInPlace(meeting, event);
  if (isMovedByHand) await db().$transaction((tx) => enqueue(tx, meetingCompare, { meetingId: meeting.id }));
  const changes = {
    ...(isMovedByHand ? {} : { calendarStartsAt: event.startsAt, calendarEndsAt: event.endsAt }),
    ...people?.changes,
  };
  const lines: FlightNote[] = [
    ...(people ? [{ step: "people_changed", outcome: "ok" } as const] : []),
    ...(inPlace ? [] : [{ step: "meeting_moved", outcome: "ok" } as const]),
  ];
  if (meeting.kind !== "teams") return { changes: { ...changes, ...settled() }, lines, againInSeconds: null };
  const seen = event.joinUrl ? event : await readLinkBack(meeting.id, context, event);
  const rest = await withOptions(meeting, context, judgeLink(meeting, seen));
  return { ...rest, changes: { ...changes, ...rest.changes }, lines: [...lines, ...rest.lines] };
}

/** Takes the event of a meeting that nobody attends any more out of the calendar, even one a crash has hidden from us. */
async function remove(meeting: LeasedMeeting, context: CallContext): Promise<Outcome> {
  const provider = providerFor("teams");
  const tried = meeting.attempts > 1;
  const eventId = meeting.calendarEventId ?? (tried ? (await findAnywhere(meeting, context))?.eventId : null);
  const changes: Prisma.MeetingUpdateInput = {
    ...settled(),
    status: "none",
    calendarEventId: null,
    calendarStartsAt: null,
    calendarEndsAt: null,
    generation: { increment: 1 },
    ...forgotten,
  };
  if (!eventId)
    return { changes: { problem: null, attempts: 0, status: "none" }, lines: [], againInSeconds: null };
  await provider.removeEvent(context, eventId, {
    comment: lastReason(meeting),
    hasAttendees: meeting.invitations === "outlook" && meeting.bookings.length > 0,
  });
  return { changes, lines: [{ step: "meeting_removed", outcome: "ok" }], againInSeconds: null };
}

/** The event of a meeting in the calendar that bookings go to now, or in the account's own. */
async function findAnywhere(meeting: LeasedMeeting, context: CallContext): Promise<CalendarEvent | null> {
  const { calendarId } = await getWritingPlace(meeting.userId);
  const provider = providerFor("teams");
  const chosen = calendarId ? await provider.findEvent(context, meeting.id, calendarId) : null;
  return chosen ?? provider.findEvent(context, meeting.id);
}

/** What the one who was left said, for those who are told; a reason of somebody else's is none of their business. */
function lastReason({ bookings, invitedEmails }: LeasedMeeting): string {
  const last = bookings.filter(({ visitorEmail }) => invitedEmails.includes(visitorEmail.toLowerCase()));
  const only = bookings.length === 1 ? bookings : last;
  return only.length === 1 ? (only[0]?.cancelReason ?? "") : "";
}
