/** The booking transaction: one at a time for each host, judged by the database, with its job inside. */
import { randomUUID } from "node:crypto";
import { checkAnswers } from "@/lib/booking/answers";
import { consumeLink, isLinkOpen, linkUse } from "@/lib/booking/booking-links";
import { onBehalf } from "@/lib/booking/on-behalf";
import { type KeyReused, recallBooking, requestColumns } from "@/lib/booking/request-memory";
import { type Review, review, type Sender, tracesFor } from "@/lib/booking/review";
import type { BookingRequest } from "@/lib/booking/schema";
import {
  askCalendars,
  type CalendarRound,
  judgeKnown,
  type KnownOfSlot,
  noOneAsked,
  type RequestedSlot,
  refuse,
  refuseJudged,
  type SlotRefusal,
  startOfNotice,
} from "@/lib/booking/slot-check";
import { claimColumns } from "@/lib/booking/time-claim";
import { turnLines, turnsTaken } from "@/lib/booking/turn-record";
import { awaitsOf, confirmMinutes } from "@/lib/booking-record/awaits";
import { checkGuests } from "@/lib/booking-record/guest-limit";
import { newLink } from "@/lib/booking-record/links";
import { hostLocks } from "@/lib/booking-record/organizer-lock";
import { titleFor } from "@/lib/booking-record/own-words";
import { type BookingView, toHostName } from "@/lib/booking-record/queries";
import { insertTogether, type Run, run, transact, type Write } from "@/lib/database/direct";
import { isDuplicate, isOverlap } from "@/lib/database/errors";
import type { Prisma } from "@/lib/database/generated/client";
import { flightColumns, logStep } from "@/lib/flight-recorder/flight-recorder";
import { templateForMeeting } from "@/lib/format/subject";
import { localeOf } from "@/lib/i18n/languages";
import type { InputIssue } from "@/lib/input/parse";
import type { RequestIdentity } from "@/lib/input/request-identity";
import { enqueueStatement } from "@/lib/jobs/queue";
import { activation } from "@/lib/meetings/activate-meeting";
import { meetingSync } from "@/lib/meetings/jobs";
import { optionsToSet, readMeetingOptions } from "@/lib/meetings/options";
import { notificationColumns } from "@/lib/notices/announce";
import type { NoticeKind } from "@/lib/notices/due";
import { withHost } from "@/lib/offers/host-choice";
import { type Offer, type OfferHost, readAddress } from "@/lib/offers/offer";
import { readBeginnings, readOfferForSlot } from "@/lib/offers/offer-for-slot";
import { readKnownRooms } from "@/lib/offers/rooms";
import { judgeSlot, type SlotVerdict } from "@/lib/offers/slots";
import { standingsAmong } from "@/lib/offers/turns";
import { err, ok, type Result } from "@/lib/result";
import { roomClaimColumns } from "@/lib/rooms/claims";
import { askMailDomain } from "@/lib/shield/mail-domain";
import { isSpent, readProof, spend } from "@/lib/shield/proof";
import { type BrokenQuota, type QuotaRefusal, refusalUntil } from "@/lib/shield/quotas";
import { countRefused } from "@/lib/shield/refused";
import { scoreOf } from "@/lib/shield/score";
import { sealNetwork } from "@/lib/shield/sealed-network";
import { recipientRows, type Traces, traceColumns } from "@/lib/shield/traces";
import type { Interval } from "@/lib/slot-engine/rules";

export interface Booked {
  id: string;
  /** The visitor's capability; shown now and kept only hashed and sealed. */
  token: string;
  /** As it was when it was made; null where it joins a session and has not been answered for yet. */
  made: NewBooking | null;
}

export type NewBooking = Pick<
  BookingView,
  "status" | "awaits" | "startsAt" | "endsAt" | "hosts" | "joinToken"
> & {
  meeting: Pick<BookingView["meeting"], "kind" | "status" | "joinUrl">;
};

export type BookRefusal =
  | { code: "not_found" }
  | { code: "invalid_request"; issues: InputIssue[] }
  /** This event type is booked with single-use links alone. */
  | { code: "link_required" }
  /** The single-use link was used, taken back, has run out, or never was. */
  | { code: "link_used" }
  | KeyReused
  | QuotaRefusal
  | SlotRefusal;

export interface BookOptions {
  /** Epoch milliseconds. */
  now?: number;
  /** The form or request that asks: the same one again is answered with the booking it made. */
  identity?: RequestIdentity;
  /** `organizer`: they enter it for a visitor, and need neither notice, horizon, approval nor a link. */
  by?: "visitor" | "organizer";
  /** Who sent it, as far as that is known. */
  sender?: Sender;
}

/** Books a slot for a visitor. Safe to repeat with the same `identity`, even at the same moment. */
export async function book(
  request: BookingRequest,
  options: BookOptions = {},
): Promise<Result<Booked, BookRefusal>> {
  const { now = Date.now(), identity, by = "visitor", sender = {} } = options;
  if (by === "visitor" && !request.link) void askMailDomain(request.visitor.email, now);
  const outcome = await tryToBook(request, { now, identity, by, sender });
  if (outcome.ok) logStep([outcome.value.id], { step: "booked", outcome: "ok" });
  if (outcome.ok || !identity) return outcome;
  // This request, made before or by a twin a moment faster, may have got the slot for the same visitor.
  return (await recallBooking(identity)) ?? outcome;
}

/** How often another room is looked for that no one has taken in the same moment. */
const collisionsMax = 5;

/** How a request is made. */
interface Terms {
  now: number;
  identity: RequestIdentity | undefined;
  by: "visitor" | "organizer";
  sender: Sender;
}

/**
 * Only where calendars have to be asked, which takes its time, the locks are let go meanwhile and all is decided once more: whoever's
 * turn it is by then is asked too.
 */
async function tryToBook(request: BookingRequest, terms: Terms): Promise<Result<Booked, BookRefusal>> {
  let round = noOneAsked;
  let collisions = 0;
  for (;;) {
    const decided = await decide(request, terms, round);
    if (decided.kind === "settled") return decided.outcome;
    const { requested } = decided;
    // Someone else's booking has just taken the room: there may be another one.
    const mayBeElsewhere = decided.kind === "not_offered" && decided.known === null;
    if (mayBeElsewhere && requested.offer.eventType.rooms?.match === "any" && collisions++ < collisionsMax) {
      continue;
    }
    if (decided.kind === "not_offered") return refuseJudged(requested, decided.verdict, decided.known, round);
    round = await askCalendars(requested, decided.known, round, decided.ask);
    if (!round.unavailable) continue;
    // Someone may have booked meanwhile: then that is the answer, whatever the calendar says.
    const { offer, slot, now, noticeFrom } = requested;
    const presences = round.presences ?? new Map();
    const meanwhile = await judgeSlot(run, offer, slot, { now, noticeFrom, live: new Map(), presences });
    return meanwhile.offered
      ? { ok: false, error: round.unavailable }
      : refuse(requested, meanwhile, new Map());
  }
}

type Decided =
  | { kind: "settled"; outcome: Result<Booked, BookRefusal> }
  | { kind: "not_offered"; requested: RequestedSlot; known: KnownOfSlot | null; verdict: NotOffered }
  | { kind: "calendar_unknown"; requested: RequestedSlot; known: KnownOfSlot; ask: OfferHost[] };

type NotOffered = Extract<SlotVerdict, { offered: false }>;

/**
 * Under the locks of all hosts: asks the engine, then writes booking, claims and job together. Two round trips, since others wait for the
 * locks meanwhile.
 */
async function decide(request: BookingRequest, terms: Terms, round: CalendarRound): Promise<Decided> {
  const address = readAddress(request.handle, request.slug);
  if (!address) return settled(err("not_found"));
  const { now, by, sender } = terms;
  const start = Date.parse(request.start);
  const proof = await readProof(sender.proof, address);
  let requested: RequestedSlot | undefined;
  try {
    return await transact(hostLocks(address), async (run, write) => {
      const { durationMinutes } = request;
      const traces = tracesFor(request, terms);
      const found = await readOfferForSlot(run, address, { start, durationMinutes, traces, now });
      if (!found) return settled(err("not_found"));
      const offer = by === "organizer" ? onBehalf(found.offer) : found.offer;
      // Before anything is said of its questions or times.
      if (offer.eventType.requiresLink && !request.link) return settled(err("link_required"));
      if (request.link && !(await isLinkOpen(run, offer.eventType.id, request.link, now))) {
        return settled(err("link_used"));
      }
      const refusal = refuseRequest(request, offer, by);
      if (refusal) return settled(refusal);
      const { recent, blocks } = found;
      const hasProof = proof !== null && !(await isSpent(run, proof));
      const reviewed = review(request, offer, { sender, traces, recent, blocks, hasProof, now });
      if ("because" in reviewed)
        return settled(await refuseBroken(run, address, { ...reviewed, traces, now }));
      const chosen = (request.host && withHost(offer, request.host)) || offer;
      const slot = slotOf(start, request, offer);
      requested = { offer: chosen, slot, now, noticeFrom: startOfNotice(sender.formAgeMs, now) };
      const known = {
        bookings: found.bookings,
        standings: standingsAmong(chosen, found.taken, now),
        rooms: await readKnownRooms(run, chosen, requested.slot, now),
      };
      const verdict = judgeKnown(requested, known, round);
      if (verdict.offered === "unknown")
        return { kind: "calendar_unknown", requested, known, ask: verdict.ask };
      if (!verdict.offered) return { kind: "not_offered", requested, known, verdict };
      const { link: token } = request;
      if (token && !(await consumeLink(run, { eventTypeId: offer.eventType.id, token, now }))) {
        return settled(err("link_used"));
      }
      const booked = await writeBooking(write, request, { ...terms, ...requested, ...reviewed }, verdict);
      if (token) write(linkUse(token, booked.id));
      if (proof) write(spend(proof));
      return settled(ok(booked));
    });
  } catch (error) {
    if (!requested || !(isOverlap(error) || isDuplicate(error))) throw error;
    const verdict = { offered: false, because: "taken", reasons: [] } as const;
    return { kind: "not_offered", requested, known: null, verdict: { ...verdict, reasons: [] } };
  }
}

function settled(outcome: Result<Booked, BookRefusal>): Decided {
  return { kind: "settled", outcome };
}

/** Only a refusal says when it is over, so only then it is read. */
async function refuseBroken(
  run: Run,
  address: Parameters<typeof readBeginnings>[1],
  { because, counted, traces, now }: BrokenQuota & { traces: Traces | null; now: number },
): Promise<Result<never, BookRefusal>> {
  countRefused(because);
  const beginnings = counted && traces ? await readBeginnings(run, address, traces, now) : null;
  return { ok: false, error: refusalUntil(because, (counted && beginnings?.[counted]) ?? null, now) };
}

/** What is wrong with a request whatever the time it asks for; null: nothing. */
function refuseRequest(
  request: BookingRequest,
  offer: Offer,
  by: Terms["by"],
): Result<never, BookRefusal> | null {
  const { durationMinutes, answers = {}, guests, host } = request;
  const { eventType } = offer;
  const isUnknown = durationMinutes !== undefined && !eventType.durationsMinutes.includes(durationMinutes);
  const hostIssue = host === undefined ? null : refuseHost(offer, host, by);
  const issues: InputIssue[] = [
    ...(hostIssue ? [{ path: "host", message: hostIssue, values: {} }] : []),
    ...(isUnknown ? [{ path: "durationMinutes", message: "duration_unknown", values: {} }] : []),
    ...checkAnswers(eventType.questions, answers),
    ...checkGuests(eventType.seats, guests),
  ];
  return issues.length > 0 ? err("invalid_request", { issues }) : null;
}

/** Visitors choose among the hosts where their event type lets them. */
function refuseHost(offer: Offer, host: string, by: Terms["by"]): "host_unknown" | "host_not_chosen" | null {
  if (!withHost(offer, host)) return "host_unknown";
  const isAlone = offer.hosts.length === 1;
  return by === "visitor" && !isAlone && offer.eventType.hostChoice === "automatic"
    ? "host_not_chosen"
    : null;
}

/** The time a request asks for; its length is the event type's first where it names none. */
function slotOf(start: number, { durationMinutes }: BookingRequest, { eventType }: Offer): Interval {
  const minutes = durationMinutes ?? eventType.durationsMinutes[0] ?? 0;
  return { start, end: start + minutes * 60_000 };
}

async function writeBooking(
  write: Write,
  request: BookingRequest,
  decision: Terms & RequestedSlot & Review,
  { session, hosts, turns, rooms }: Extract<SlotVerdict, { offered: true }>,
): Promise<Booked> {
  const { offer, slot, now, identity, by, mustConfirm, isMute, traces } = decision;
  const { eventType } = offer;
  const [lead] = hosts;
  const { requiresApproval, bufferBeforeMinutes, bufferAfterMinutes } = eventType;
  const isPending = requiresApproval || mustConfirm;
  // With neither a Teams meeting to make nor a calendar to write to, people can be notified immediately.
  const hasCalendarWork = eventType.location.kind === "teams" || lead.connectionState !== null;
  const waitsForMeeting = hasCalendarWork && !isPending;
  const id = randomUUID();
  const manage = newLink("manage", id);
  const join = newLink("join", id);
  const times = { startsAt: new Date(slot.start), endsAt: new Date(slot.end) };
  const meeting = newMeeting(offer, lead, times, { isConfirmed: !isPending });
  const meetingId = session ?? meeting.id;
  const status = isPending ? "pending" : "confirmed";
  const confirmBy = mustConfirm ? new Date(Math.min(now + confirmMinutes * 60_000, slot.start)) : null;
  const awaits = awaitsOf({ status, confirmBy });
  const made = session
    ? null
    : ({ ...times, status, awaits, hosts: hosts.map(toHostName), joinToken: join.token, meeting } as const);
  const booking = {
    id,
    ownerId: lead.id,
    teamId: eventType.teamId,
    eventTypeId: eventType.id,
    meetingId,
    ...times,
    status,
    title: eventType.title,
    visitorTitle: titleFor(eventType, localeOf(request.visitor.locale ?? "en")),
    visitorName: request.visitor.name,
    visitorEmail: request.visitor.email,
    visitorTimeZone: request.visitor.timeZone,
    visitorLocale: request.visitor.locale ?? "en",
    answers: request.answers ?? {},
    guests: request.guests ?? [],
    utm: request.utm ?? {},
    tokenHash: manage.hash,
    tokenSealed: manage.sealed,
    joinTokenHash: join.hash,
    joinTokenSealed: join.sealed,
    ...requestColumns(identity, made),
    decideBy: requiresApproval ? decideBy(offer, slot, now) : null,
    confirmBy,
    ...notificationColumns({ by, now, waitsForMeeting }),
    updatedAt: new Date(),
  } satisfies Prisma.BookingUncheckedCreateInput;
  const claim = { meetingId, slot, bufferBeforeMinutes, bufferAfterMinutes };
  const claims = [
    ...hosts.map(({ id: hostId }) => ["TimeClaim", claimColumns({ hostId, ...claim })] as const),
    ...(rooms ?? []).map((roomId) => ["RoomClaim", roomClaimColumns({ roomId, meetingId, slot })] as const),
  ];
  write(
    insertTogether([
      ...(session ? [] : [["Meeting", meeting] as const, ...claims]),
      ["Booking", { ...booking, ...(traces ? traceColumns(traces) : {}) }],
      ...(traces ? recipientRows(traces, id, now) : []),
      ...hosts.map(
        (host, position) => ["BookingHost", { bookingId: id, userId: host.id, position }] as const,
      ),
      ...(confirmBy ? [["AddressCheck", checkColumns(id, confirmBy, decision)] as const] : []),
      // What counts as sent is not sent.
      ...(isMute
        ? [
            [
              "BookingNotice",
              { bookingId: id, kind: "confirm_address", revision: 0 } satisfies Silence,
            ] as const,
          ]
        : []),
      [
        "FlightEntry",
        flightColumns(id, {
          step: "booked",
          outcome: "ok",
          facts: { approval: requiresApproval, by, ...(awaits === "visitor" ? { awaits } : {}) },
        }),
      ],
      ...turnLines(offer, turns).map((line) => ["FlightEntry", flightColumns(id, line)] as const),
    ]),
  );
  if (turns.length > 0) write(turnsTaken(eventType.id, turns, now));
  // So far the session may have had people in it who wait for an answer, and no meeting.
  if (session && !isPending) write(activation(session));
  if (waitsForMeeting) write(await enqueueStatement(meetingSync, { meetingId }, { priority: 10 }));
  return { id, token: manage.token, made };
}

type Silence = { bookingId: string; kind: NoticeKind; revision: number };

/** The row of a booking that its visitor has to confirm. */
function checkColumns(bookingId: string, dueAt: Date, { reasons, traces }: Review) {
  const networkSealed = sealNetwork(bookingId, traces?.network ?? null);
  return { bookingId, dueAt, score: scoreOf(reasons), reasons, networkSealed };
}

/** When a request that no one decides is declined: after the organizer's own limit, and at its start at the latest. */
export function decideBy({ eventType: { approvalHours } }: Offer, slot: Interval, now: number): Date {
  const limit = approvalHours === null ? slot.start : now + approvalHours * 3600_000;
  return new Date(Math.min(limit, slot.start));
}

/**
 * A new meeting for a slot; the Teams meeting of a confirmed booking starts out as `creating`. Who invites is settled now:
 * Bellhop where the host has no calendar connected that could; for a visitor who moves, whoever invited them before.
 */
export function newMeeting(
  offer: Offer,
  host: OfferHost,
  times: { startsAt: Date; endsAt: Date },
  { isConfirmed, invitedBy }: { isConfirmed: boolean; invitedBy?: "outlook" | "bellhop" },
) {
  const { location, meetingOptions, subjectTemplate, seats } = offer.eventType;
  const waits = location.kind === "teams" && isConfirmed;
  const ready = location.kind === "link" && isConfirmed;
  const options =
    location.kind === "teams"
      ? optionsToSet(location.kind, readMeetingOptions(meetingOptions, offer.eventType.id))
      : null;
  return {
    id: randomUUID(),
    hostId: host.id,
    eventTypeId: offer.isRemnant ? null : offer.eventType.id,
    invitations:
      invitedBy ??
      (host.connectionState === null || host.isReadOnly ? "bellhop" : offer.eventType.invitations),
    kind: location.kind,
    place: location.value ?? null,
    subjectTemplate: templateForMeeting(subjectTemplate, seats),
    status: waits ? "creating" : ready ? "ready" : "none",
    joinUrl: ready ? (location.value ?? null) : null,
    ...(options ? { options: { ...options } } : {}),
    ...times,
    updatedAt: new Date(),
  } satisfies Prisma.MeetingUncheckedCreateInput;
}
