/** The booking transaction: one organizer at a time, judged by the database, with its job inside. */
import { randomUUID } from "node:crypto";
import { getOffer, type Offer } from "@/lib/availability/offer";
import { judgeSlot } from "@/lib/availability/slots";
import { checkAnswers } from "@/lib/booking/answers";
import { note } from "@/lib/booking/flight-recorder";
import { meetingSync } from "@/lib/booking/jobs";
import { newLink, openLink } from "@/lib/booking/links";
import type { BookingRequest } from "@/lib/booking/schema";
import { checkSlot, lockOrganizer, refuse, type SlotRefusal } from "@/lib/booking/slot-check";
import { claimTime } from "@/lib/booking/time-claim";
import { db, type Tx } from "@/lib/database/client";
import { isDuplicate, isOverlap } from "@/lib/database/errors";
import type { InputIssue } from "@/lib/input/parse";
import { enqueue } from "@/lib/jobs/queue";
import { announce, newsColumns } from "@/lib/notifications/booking/announce";
import { err, ok, type Result } from "@/lib/result";
import type { Interval } from "@/lib/scheduling/rules";

export interface Booked {
  id: string;
  /** The visitor's capability; shown now and kept only hashed and sealed. */
  token: string;
}

export type BookRefusal =
  | { code: "not_found" }
  | { code: "invalid_request"; issues: InputIssue[] }
  | SlotRefusal;

export interface BookOptions {
  /** Epoch milliseconds. */
  now?: number;
  /** Names the form or request: the same key again answers with the booking it made. */
  requestKey?: string;
}

/** Books a slot for a visitor. Safe to repeat with the same `requestKey`, even at the same moment. */
export async function book(
  request: BookingRequest,
  options: BookOptions = {},
): Promise<Result<Booked, BookRefusal>> {
  const { now = Date.now(), requestKey } = options;
  const earlier = requestKey ? await findByRequestKey(requestKey) : null;
  if (earlier) return ok(earlier);
  const outcome = await tryToBook(request, now, requestKey);
  // A twin of this request may have been a moment faster and taken the slot for the same visitor.
  const twin = requestKey && !outcome.ok ? await findByRequestKey(requestKey) : null;
  return twin ? ok(twin) : outcome;
}

async function tryToBook(
  request: BookingRequest,
  now: number,
  requestKey: string | undefined,
): Promise<Result<Booked, BookRefusal>> {
  const offer = await getOffer(db(), request.handle, request.slug);
  if (!offer) return err("not_found");
  const problems = [
    ...checkDuration(offer, request),
    ...checkAnswers(offer.eventType.questions, request.answers ?? {}),
  ];
  if (problems.length > 0) return err("invalid_request", { issues: problems });

  const start = Date.parse(request.start);
  const durationMinutes = request.durationMinutes ?? offer.eventType.durationsMinutes[0] ?? 0;
  const slot = { start, end: start + durationMinutes * 60_000 };
  const wish = { offer, slot, now };
  const checked = await checkSlot(wish);
  if (!checked.ok) return checked;
  try {
    return await decide(request, { ...wish, busy: checked.value, requestKey });
  } catch (error) {
    if (isOverlap(error) || isDuplicate(error)) {
      return refuse(wish, { because: "taken", reasons: [] }, checked.value);
    }
    throw error;
  }
}

function checkDuration(offer: Offer, { durationMinutes }: BookingRequest): InputIssue[] {
  const offered = durationMinutes === undefined || offer.eventType.durationsMinutes.includes(durationMinutes);
  return offered ? [] : [{ path: "durationMinutes", message: "duration_unknown", values: {} }];
}

interface Decision {
  offer: Offer;
  slot: Interval;
  now: number;
  busy: Interval[];
  requestKey: string | undefined;
}

/** Under the organizer's lock: asks the engine once more, then writes booking, claim and job together. */
async function decide(request: BookingRequest, decision: Decision): Promise<Result<Booked, BookRefusal>> {
  const { offer, slot, now, busy } = decision;
  const outcome = await db().$transaction(async (tx) => {
    await lockOrganizer(tx, offer.organizer.id);
    const verdict = await judgeSlot(tx, offer, slot, { now, busy });
    return verdict.offered ? write(tx, request, decision, verdict.session) : verdict;
  });
  return "offered" in outcome ? refuse(decision, outcome, busy) : ok(outcome);
}

async function write(
  tx: Tx,
  request: BookingRequest,
  decision: Decision,
  session: string | null,
): Promise<Booked> {
  const { offer, slot, now, requestKey } = decision;
  const { eventType, organizer } = offer;
  const id = randomUUID();
  const manage = newLink("manage", id);
  const join = newLink("join", id);
  const times = { startsAt: new Date(slot.start), endsAt: new Date(slot.end) };
  const meetingId = session ?? (await openMeeting(tx, offer, times));
  await tx.booking.create({
    data: {
      id,
      userId: organizer.id,
      eventTypeId: eventType.id,
      meetingId,
      ...times,
      status: eventType.requiresApproval ? "pending" : "confirmed",
      title: eventType.title,
      visitorName: request.visitor.name,
      visitorEmail: request.visitor.email,
      visitorTimeZone: request.visitor.timeZone,
      visitorLocale: request.visitor.locale ?? "en",
      answers: request.answers ?? {},
      guests: request.guests ?? [],
      tokenHash: manage.hash,
      tokenSealed: manage.sealed,
      joinTokenHash: join.hash,
      joinTokenSealed: join.sealed,
      requestKey: requestKey ?? null,
      decideBy: eventType.requiresApproval ? decideBy(offer, slot, now) : null,
      ...newsColumns({ by: "visitor", now, waitsForMeeting: !eventType.requiresApproval }),
    },
    select: { id: true },
  });
  if (!session) {
    const { bufferBeforeMinutes, bufferAfterMinutes } = eventType;
    await claimTime(tx, { userId: organizer.id, meetingId, slot, bufferBeforeMinutes, bufferAfterMinutes });
  }
  await note(tx, [id], { step: "booked", outcome: "ok", facts: { approval: eventType.requiresApproval } });
  if (eventType.requiresApproval) await announce(tx, id);
  else await enqueue(tx, meetingSync, { meetingId }, { priority: 10 });
  return { id, token: manage.token };
}

/** When a request that nobody decides is declined: after the organizer's own limit, and at its start at the latest. */
export function decideBy({ eventType: { approvalHours } }: Offer, slot: Interval, now: number): Date {
  const limit = approvalHours === null ? slot.start : now + approvalHours * 3600_000;
  return new Date(Math.min(limit, slot.start));
}

/**
 * A new meeting for a slot; Teams meetings start out as `creating`, unless approval comes first. Who invites is settled
 * now: Bellhop where no calendar is connected that could; for a visitor who moves, whoever has invited them before.
 */
export async function openMeeting(
  tx: Tx,
  offer: Offer,
  times: { startsAt: Date; endsAt: Date },
  invitedBy?: "outlook" | "bellhop",
): Promise<string> {
  const { location, requiresApproval } = offer.eventType;
  const waits = location.kind === "teams" && !requiresApproval;
  const ready = location.kind === "link" && !requiresApproval;
  const meeting = await tx.meeting.create({
    data: {
      id: randomUUID(),
      userId: offer.organizer.id,
      eventTypeId: offer.eventType.id,
      invitations: invitedBy ?? (offer.connectionState === null ? "bellhop" : offer.eventType.invitations),
      kind: location.kind,
      place: location.value ?? null,
      status: waits ? "creating" : ready ? "ready" : "none",
      joinUrl: ready ? (location.value ?? null) : null,
      ...times,
    },
    select: { id: true },
  });
  return meeting.id;
}

async function findByRequestKey(requestKey: string): Promise<Booked | null> {
  const row = await db().booking.findUnique({
    where: { requestKey },
    select: { id: true, tokenSealed: true },
  });
  return row ? { id: row.id, token: openLink("manage", row.id, row.tokenSealed) } : null;
}
