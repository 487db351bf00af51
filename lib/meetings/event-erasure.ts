/**
 * Takes an erased visitor out of the calendar event that names them, for as long as that takes. Their data is gone from the
 * database by then, so that whom to take out is known by hashes alone.
 */
import { createHash } from "node:crypto";
import { db, type Tx } from "@/lib/database/client";
import { note } from "@/lib/flight-recorder/flight-recorder";
import { addressKey } from "@/lib/input/addresses";
import { pauseSeconds } from "@/lib/jobs/backoff";
import { calendarEventOf } from "@/lib/meetings/calendar-event";
import type { CalendarEvent } from "@/lib/meetings/calendar-port";
import { lostEventOf } from "@/lib/meetings/lost-event";
import { attending, isShared, type LeasedMeeting, readMeeting } from "@/lib/meetings/meeting-lease";
import { eventPlaceOf } from "@/lib/meetings/meeting-mailbox";
import { type CallContext, ProviderError } from "@/lib/meetings/provider";
import { calendarPort } from "@/lib/meetings/registry-calendar";

const callTimeoutMs = 8_000;

/** How long until a problem that only a person can fix is retried, in seconds. */
const slowSeconds = 3600;

/** After a calendar could not be reached for this long, it is left as it is, and the flight recorder says so. */
const patienceMs = 30 * 24 * 3600 * 1000;

/** How many are claimed together, and how long a claim lasts, in seconds. */
const batchSize = 20;
const claimSeconds = 60;

/** Schedules the removal of these people from the meeting's event, within the transaction that erases them. */
export async function eraseFromEventLater(
  tx: Tx,
  { bookingId, meetingId, emails }: { bookingId: string; meetingId: string; emails: readonly string[] },
): Promise<void> {
  const addressHashes = emails.map((email) => hashOf(meetingId, email));
  await tx.eventErasure.createMany({ data: [{ bookingId, addressHashes }], skipDuplicates: true });
}

function hashOf(meetingId: string, email: string): string {
  return createHash("sha256")
    .update(`${meetingId} ${addressKey(email)}`)
    .digest("base64url");
}

/** Processes every erasure that is due. */
export async function eraseFromEvents(stopping?: AbortSignal): Promise<void> {
  for (;;) {
    const due = await db().$queryRaw<Erasure[]>`
      UPDATE "EventErasure" e SET attempts = attempts + 1, "dueAt" = now() + make_interval(secs => ${claimSeconds})
      FROM "Booking" b WHERE b.id = e."bookingId" AND e."bookingId" IN (
        SELECT "bookingId" FROM "EventErasure" WHERE "dueAt" <= now()
        ORDER BY "dueAt" LIMIT ${batchSize} FOR UPDATE SKIP LOCKED)
      RETURNING e."bookingId", b."meetingId", e."addressHashes", e.attempts, e."createdAt"`;
    for (const erasure of due) await takeUp(erasure);
    if (due.length < batchSize || stopping?.aborted) return;
  }
}

interface Erasure {
  bookingId: string;
  meetingId: string;
  addressHashes: string[];
  attempts: number;
  createdAt: Date;
}

async function takeUp(erasure: Erasure): Promise<void> {
  const meeting = await readMeeting(erasure.meetingId);
  if (!meeting?.calendarEventId) return crossOut(erasure);
  // No one attends it: its event is about to be taken out as a whole.
  if (meeting.endsAt.getTime() > Date.now()) return comeBack(erasure, pauseSeconds(erasure.attempts));
  const context: CallContext = {
    ...eventPlaceOf(meeting),
    priority: "sync",
    timeoutMs: callTimeoutMs,
  };
  try {
    const event = await find(meeting, context, meeting.calendarEventId);
    if (event) await erase(meeting, context, event, erasure.addressHashes);
    await crossOut(erasure, event ? "ok" : undefined);
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    const { retryAfterSeconds } = error.details;
    await comeBack(
      erasure,
      error.retryable ? pauseSeconds(erasure.attempts, retryAfterSeconds) : slowSeconds,
    );
  }
}

/** Null: the calendars are proven not to show it. */
async function find(
  meeting: LeasedMeeting,
  context: CallContext,
  eventId: string,
): Promise<CalendarEvent | null> {
  const provider = calendarPort("teams");
  const event = await provider.readEvent(context, eventId);
  if (event) return event;
  const found = await provider.findLost(context, await lostEventOf(meeting));
  return found && provider.readEvent(context, found.eventId);
}

/**
 * People first, so that no one who was taken out hears of the rest. The text of an event with a Teams meeting can't be rewritten:
 * where it names the visitor no one is invited, and the event goes as a whole.
 */
async function erase(
  meeting: LeasedMeeting,
  context: CallContext,
  event: CalendarEvent,
  hashes: string[],
): Promise<void> {
  const provider = calendarPort("teams");
  const { eventId } = event;
  const isAlone = !isShared(meeting);
  const isNamedInText = isAlone && meeting.invitations === "bellhop";
  if (isNamedInText && event.online) {
    await provider.removeEvent(context, eventId, { comment: "", hasAttendees: false });
    const data = { calendarEventId: null, calendarStartsAt: null, calendarEndsAt: null };
    await db().meeting.update({ where: { id: meeting.id }, data, select: { id: true } });
    return;
  }
  const attendees = event.attendees?.filter(({ email }) => !hashes.includes(hashOf(meeting.id, email)));
  if (attendees && attendees.length < (event.attendees?.length ?? 0)) {
    await provider.setAttendees(context, eventId, { attendees });
  }
  const isNamedInSubject = isAlone && meeting.subjectTemplate.includes("{visitor}");
  if (!isNamedInSubject && !isNamedInText) return;
  const held = attending(meeting);
  const { subject, descriptionHtml } = calendarEventOf(meeting, held.length > 0 ? held : meeting.bookings);
  await provider.rewordEvent(context, eventId, { subject, ...(isNamedInText ? { descriptionHtml } : {}) });
}

/** `outcome` left out: there was nothing to take out. */
async function crossOut({ bookingId }: Erasure, outcome?: "ok" | "failed"): Promise<void> {
  await db().$transaction(async (tx) => {
    const { count } = await tx.eventErasure.deleteMany({ where: { bookingId } });
    if (count > 0 && outcome) await note(tx, [bookingId], { step: "event_erased", outcome });
  });
}

async function comeBack(erasure: Erasure, seconds: number): Promise<void> {
  if (Date.now() - erasure.createdAt.getTime() > patienceMs) return crossOut(erasure, "failed");
  await db().eventErasure.updateMany({
    where: { bookingId: erasure.bookingId },
    data: { dueAt: new Date(Date.now() + seconds * 1000) },
  });
}
