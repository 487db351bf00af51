/** Takes over a booking of another product, whose visitor was confirmed and invited there. */
import { randomUUID } from "node:crypto";
import type { OwnerScope } from "@/lib/auth/owner-scope";
import { checkAnswers } from "@/lib/booking/answers";
import { type BookingRequest, bookingRequest } from "@/lib/booking/schema";
import { claimTime } from "@/lib/booking/time-claim";
import { newLink } from "@/lib/booking-record/links";
import { lockHosts } from "@/lib/booking-record/organizer-lock";
import { readQuestions } from "@/lib/booking-record/questions";
import { ownZone, zoneOf, zoneOfEventType } from "@/lib/booking-record/zone";
import { db } from "@/lib/database/client";
import { isDuplicate, isOverlap } from "@/lib/database/errors";
import { note } from "@/lib/flight-recorder/flight-recorder";
import { templateForMeeting } from "@/lib/format/subject";
import type { DraftBooking } from "@/lib/imports/draft";
import { type InputIssue, parseInput } from "@/lib/input/parse";
import { readLocation } from "@/lib/meetings/location";
import type { NoticeKind } from "@/lib/notices/due";
import { canonicalTimeZone } from "@/lib/slot-engine/zone-clock";

export interface TakenBooking {
  outcome: "new" | "there" | "refused";
  issues: InputIssue[];
}

interface Terms {
  requestKey: string;
  /** The key of its event type's own import; null: that is refused, or not in the file. */
  eventTypeKey: string | null;
  isDone: boolean;
  /** What this run has found to be free so far, which isn't stored yet where it only says what would be done. */
  planned: { start: number; end: number }[];
}

/**
 * Says whether a booking can be taken over and, with `isDone`, does it. It holds its time under the same constraint as all others. No one
 * is notified, and no calendar event is made: the other product has done both. Reminders, and whatever changes from now on, are Bellhop's.
 */
export async function takeBooking(
  { ownerId }: OwnerScope,
  draft: DraftBooking,
  { requestKey, eventTypeKey, isDone, planned }: Terms,
): Promise<TakenBooking> {
  const earlier = await db().booking.findUnique({ where: { requestKey, ownerId }, select: { id: true } });
  if (earlier) return { outcome: "there", issues: [] };
  if (eventTypeKey === null) return refused("eventType", "event_type_missing");
  const host = await readHost(ownerId);
  const eventType = await readEventType(eventTypeKey, ownerId);
  const timeZone = canonicalTimeZone(draft.visitor.timeZone ?? "") ?? zoneOf({ eventType }, host);
  const read = parseInput(bookingRequest, {
    handle: "import",
    slug: "import",
    start: new Date(draft.start).toISOString(),
    visitor: { ...draft.visitor, timeZone },
    guests: draft.guests,
  });
  if (!read.ok) return { outcome: "refused", issues: read.error.issues };
  const isPlanned = planned.some(({ start, end }) => start < draft.end && draft.start < end);
  if (isPlanned || (await isHeld(ownerId, draft))) return refused("start", "time_taken");
  if (isDone && eventType) {
    const request = { ...read.value, answers: answersTo(eventType, draft) };
    const stored = await store({ requestKey, host, eventType, draft, request });
    if (stored !== "new") return stored === "taken" ? refused("start", "time_taken") : thereAlready;
  }
  planned.push(draft);
  return { outcome: "new", issues: [] };
}

const thereAlready: TakenBooking = { outcome: "there", issues: [] };

function refused(path: string, message: string): TakenBooking {
  return { outcome: "refused", issues: [{ path, message, values: {} }] };
}

const hostFields = {
  id: true,
  connections: { where: { provider: "teams" }, select: { id: true } },
  calendarRules: { select: { readOnly: true } },
  ...ownZone,
} as const;

const eventTypeFields = {
  id: true,
  title: true,
  location: true,
  questions: true,
  seats: true,
  invitations: true,
  subjectTemplate: true,
  bufferBeforeMinutes: true,
  bufferAfterMinutes: true,
  ...zoneOfEventType,
} as const;

type Host = Awaited<ReturnType<typeof readHost>>;
const readHost = (id: string) => db().user.findUniqueOrThrow({ where: { id }, select: hostFields });
type ImportedEventType = NonNullable<Awaited<ReturnType<typeof readEventType>>>;
const readEventType = (requestKey: string, userId: string) =>
  db().eventType.findUnique({ where: { requestKey, userId }, select: eventTypeFields });

async function isHeld(hostId: string, { start, end }: DraftBooking): Promise<boolean> {
  const held = await db().$queryRaw<unknown[]>`
    SELECT 1 FROM "TimeClaim" WHERE "hostId" = ${hostId}::uuid
      AND during && tstzrange(${new Date(start)}::timestamptz, ${new Date(end)}::timestamptz) LIMIT 1`;
  return held.length > 0;
}

/** What was answered there to a question that is asked here, where it is an answer here too. */
function answersTo({ id, questions }: ImportedEventType, { answers }: DraftBooking) {
  const known = readQuestions(questions, id).flatMap((question) => {
    const given = answers[question.id] ?? answers[question.label];
    const isAnswer = typeof given === "string" || given === true;
    if (!isAnswer || checkAnswers([{ ...question, required: false }], { [question.id]: given }).length > 0) {
      return [];
    }
    return [[question.id, given] as const];
  });
  return Object.fromEntries(known);
}

interface Stored {
  requestKey: string;
  host: Host;
  eventType: ImportedEventType;
  draft: DraftBooking;
  request: BookingRequest;
}

/** These count as sent. */
const told = ["confirmed", "organizer_booked"] satisfies NoticeKind[];

async function store({
  requestKey,
  host,
  eventType,
  draft,
  request,
}: Stored): Promise<"new" | "there" | "taken"> {
  const id = randomUUID();
  const times = { startsAt: new Date(draft.start), endsAt: new Date(draft.end) };
  const own = readLocation(eventType.location, eventType.id);
  // A Teams meeting of its own would be another place than the one that its visitor knows.
  const location = draft.location ?? (own.kind === "teams" ? { kind: "none" as const } : own);
  const place = "value" in location ? location.value : null;
  const isWritten = host.connections.length > 0 && !host.calendarRules?.readOnly;
  const manage = newLink("manage", id);
  const join = newLink("join", id);
  const { visitor } = request;
  try {
    await db().$transaction(async (tx) => {
      await lockHosts(tx, [host.id]);
      const meeting = await tx.meeting.create({
        data: {
          hostId: host.id,
          eventTypeId: eventType.id,
          kind: location.kind,
          place: place ?? null,
          joinUrl: location.kind === "link" ? (place ?? null) : null,
          status: location.kind === "link" ? "ready" : "none",
          invitations: isWritten ? eventType.invitations : "bellhop",
          subjectTemplate: templateForMeeting(eventType.subjectTemplate, eventType.seats),
          ...times,
        },
        select: { id: true },
      });
      await claimTime(tx, {
        hostIds: [host.id],
        meetingId: meeting.id,
        slot: draft,
        bufferBeforeMinutes: eventType.bufferBeforeMinutes,
        bufferAfterMinutes: eventType.bufferAfterMinutes,
      });
      await tx.booking.create({
        data: {
          id,
          ownerId: host.id,
          eventTypeId: eventType.id,
          meetingId: meeting.id,
          status: "confirmed",
          ...times,
          title: eventType.title,
          visitorName: visitor.name,
          visitorEmail: visitor.email,
          visitorTimeZone: visitor.timeZone,
          answers: request.answers ?? {},
          guests: request.guests ?? [],
          tokenHash: manage.hash,
          tokenSealed: manage.sealed,
          joinTokenHash: join.hash,
          joinTokenSealed: join.sealed,
          requestKey,
          changedBy: "organizer",
          // For its reminders.
          mailsDueAt: new Date(),
          hosts: { create: { userId: host.id } },
          notices: { create: told.map((kind) => ({ kind, revision: 0 })) },
        },
        select: { id: true },
      });
      await note(tx, [id], { step: "booked", outcome: "ok", facts: { by: "import" } });
    });
    return "new";
  } catch (error) {
    if (isDuplicate(error)) return "there";
    if (isOverlap(error)) return "taken";
    throw error;
  }
}
