/**
 * Keeps the calendar event of a meeting in line with its bookings. Looks at what should be and what is, does the next
 * step, writes both down. Runs any number of times and does each thing once.
 */
import { pauseSeconds } from "@/lib/booking/backoff";
import { calendarEventOf } from "@/lib/booking/calendar-event";
import { type FlightNote, note, noteCalls } from "@/lib/booking/flight-recorder";
import { meetingCompare, meetingSync } from "@/lib/booking/jobs";
import { attending, type LeasedMeeting, leaseMeeting, renewLease } from "@/lib/booking/meeting-lease";
import { setOptions } from "@/lib/booking/meeting-options";
import { bringPeople, isPeopleChanged, notePeople, peopleIn } from "@/lib/booking/meeting-people";
import { openDoor } from "@/lib/booking/open-door";
import { getWritingPlace } from "@/lib/calendar-sync/choices";
import { mailboxOf } from "@/lib/connections/mailbox";
import { db, type Tx } from "@/lib/database/client";
import { Prisma } from "@/lib/database/generated/client";
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

/** A link that has not come after so many tries is called failed; tries go on, slowly. */
const patientAttempts = 8;

const callTimeoutMs = 10_000;

/** What one run has found out: fields to store, lines to record, and when to come back. */
interface Outcome {
  changes: Prisma.MeetingUpdateInput;
  lines: FlightNote[];
  /** Seconds until the next try; null: nothing is left to do. */
  againInSeconds: number | null;
  /** People can be told, though something is left to do. */
  isNews?: boolean;
}

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

function judgeLink(meeting: LeasedMeeting, event: CalendarEvent | null): Outcome {
  if (event === null || event.isCancelled) return vanished(meeting);
  if (event.joinUrl) return verified(meeting, event.joinUrl);
  if (!event.online) return withoutTeams(meeting, "no_teams");
  const lost = meeting.attempts >= patientAttempts;
  return {
    changes: { status: lost ? "failed" : "creating", problem: "no_link" },
    lines: [
      { step: "link_missing", outcome: lost ? "failed" : "waiting", facts: { attempt: meeting.attempts } },
    ],
    againInSeconds: pauseSeconds(meeting.attempts),
  };
}

function verified(meeting: LeasedMeeting, joinUrl: string): Outcome {
  const unchanged = meeting.joinUrl === null || meeting.joinUrl === joinUrl;
  return {
    changes: { ...settled(), status: "ready", joinUrl, verifiedAt: new Date() },
    lines: [{ step: "link_verified", outcome: "ok", facts: { unchanged } }],
    againInSeconds: null,
  };
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

/** The organizer lets Bellhop read their calendar and no more: there is no event, and no Teams meeting. */
function unwritten(meeting: LeasedMeeting): Outcome {
  if (meeting.kind === "teams") return withoutTeams(meeting, "read_only");
  return { changes: settled(), lines: [], againInSeconds: null };
}

/** The event is gone though its bookings stand: a new generation of it is made at once. */
function vanished(meeting: LeasedMeeting): Outcome {
  return {
    changes: newGeneration(meeting.kind),
    lines: [{ step: "meeting_vanished", outcome: "waiting", facts: { generation: meeting.generation } }],
    againInSeconds: 0,
  };
}

/** The columns of a meeting whose event is to be made anew. */
export function newGeneration(kind: string) {
  return {
    generation: { increment: 1 },
    calendarEventId: null,
    iCalUId: null,
    calendarStartsAt: null,
    calendarEndsAt: null,
    ...forgotten,
    ...(kind === "teams" ? { status: "creating", joinUrl: null, verifiedAt: null } : {}),
  } satisfies Prisma.MeetingUpdateInput;
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

/** What held for an event that is gone. */
const forgotten = {
  onlineMeetingId: null,
  optionsOutcome: Prisma.DbNull,
  invitedEmails: [],
  invitingEmails: [],
} satisfies Prisma.MeetingUpdateInput;

/** What the one who was left said, for those who are told; a reason of somebody else's is none of their business. */
function lastReason({ bookings, invitedEmails }: LeasedMeeting): string {
  const last = bookings.filter(({ visitorEmail }) => invitedEmails.includes(visitorEmail.toLowerCase()));
  const only = bookings.length === 1 ? bookings : last;
  return only.length === 1 ? (only[0]?.cancelReason ?? "") : "";
}

/** Nothing stands in the way any more. */
function settled(): Prisma.MeetingUpdateInput {
  return { problem: null, attempts: 0 };
}

/** The account makes no Teams meetings: what the organizer chose for that case comes in, and nothing else ever does. */
function withoutTeams(meeting: LeasedMeeting, problem: string): Outcome {
  const fallback = readLocation(meeting.eventType?.fallbackLocation);
  if (!fallback) {
    return {
      changes: { status: "failed", problem },
      lines: [{ step: "meeting_failed", outcome: "failed", facts: { problem } }],
      againInSeconds: null,
    };
  }
  const isLink = fallback.kind === "link";
  return {
    changes: {
      kind: fallback.kind,
      place: fallback.value ?? null,
      status: isLink ? "ready" : "none",
      joinUrl: isLink ? (fallback.value ?? null) : null,
      problem: null,
    },
    lines: [{ step: "fallback_used", outcome: "ok", facts: { kind: fallback.kind } }],
    againInSeconds: 0,
  };
}

/** Problems that stay until somebody does something about them, as opposed to waiting for a connection. */
const finalProblems = new Set<string>(["refused", "access_denied", "no_mailbox"]);

/** A call failed. What may heal by itself is tried again; what needs somebody waits for them and says so. */
function setBack(meeting: LeasedMeeting, error: ProviderError): Outcome {
  const teams = meeting.kind === "teams" && attending(meeting).length > 0;
  if (error.code === "superseded") return vanished(meeting);
  if (error.code === "not_connected" && !teams)
    return { changes: settled(), lines: [], againInSeconds: null };
  if (error.code === "access_denied" && teams && !meeting.calendarEventId) {
    return withoutTeams(meeting, error.details.vendorCode === "no_teams" ? "no_teams" : error.code);
  }
  const final = finalProblems.has(error.code);
  // A link that was verified stays good while Microsoft can't be asked.
  const linkless = teams && meeting.status !== "ready";
  return {
    changes: { problem: error.code, ...(linkless ? { status: final ? "failed" : "creating" } : {}) },
    lines: [
      {
        step: final ? "meeting_failed" : "meeting_waits",
        outcome: final ? "failed" : "waiting",
        facts: { problem: error.code, vendorCode: error.details.vendorCode ?? null },
      },
    ],
    againInSeconds: error.retryable ? pauseSeconds(meeting.attempts, error.details.retryAfterSeconds) : null,
  };
}

function readLocation(value: unknown): { kind: string; value?: string } | null {
  if (value === null || typeof value !== "object" || !("kind" in value)) return null;
  const place = "value" in value && typeof value.value === "string" ? { value: value.value } : {};
  return { kind: String(value.kind), ...place };
}
