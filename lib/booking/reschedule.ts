import { decideBy, newMeeting } from "@/lib/booking/book";
import { canInvite, freeOthers, isSameHosts, newLeadColumns, setHosts } from "@/lib/booking/booking-hosts";
import type { VisitorRefusal } from "@/lib/booking/cancel";
import { sendMovedOn } from "@/lib/booking/mails/handover";
import { withoutNotice } from "@/lib/booking/on-behalf";
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
import { claimTime, freeTimeIfUnused } from "@/lib/booking/time-claim";
import { noteTaken, turnLines } from "@/lib/booking/turn-record";
import { lacksReason, visitorMay } from "@/lib/booking-record/change-policy";
import { lockHosts } from "@/lib/booking-record/organizer-lock";
import { canReschedule, holdingStatuses } from "@/lib/booking-record/policy";
import { changePolicyOf } from "@/lib/booking-record/stored-policy";
import { env } from "@/lib/config/env";
import { db, type Tx } from "@/lib/database/client";
import { isOverlap } from "@/lib/database/errors";
import { type FlightStep, note } from "@/lib/flight-recorder/flight-recorder";
import { enqueue } from "@/lib/jobs/queue";
import { activateMeeting } from "@/lib/meetings/activate-meeting";
import { meetingSync } from "@/lib/meetings/jobs";
import { notificationColumns, withdrawReminders } from "@/lib/notices/announce";
import { withHosts } from "@/lib/offers/host-choice";
import { getOfferById, getRemnant, type Offer } from "@/lib/offers/offer";
import { listOwnBookings } from "@/lib/offers/own-bookings";
import { readKnownRooms, withOwnClaims } from "@/lib/offers/rooms";
import type { SlotVerdict } from "@/lib/offers/slots";
import { readStandings } from "@/lib/offers/turns";
import { err, ok, type Result } from "@/lib/result";
import { claimRooms } from "@/lib/rooms/claims";
import { movesPerDay, type QuotaRefusal, refuseMove } from "@/lib/shield/quotas";
import { announceBeginning, announceBooking } from "@/lib/webhooks/announce";

export type RescheduleRefusal =
  | { code: "not_found" }
  /** It was cancelled, declined, has begun, or waits for its visitor: it can't be moved. */
  | { code: "not_reschedulable"; status: string }
  | SlotRefusal;

interface Move {
  bookingId: string;
  /** The new start, epoch milliseconds; the length stays. */
  start: number;
  by: "visitor" | "organizer";
  /** The message to the other side. */
  reason?: string | undefined;
  /** How long the form was open that asks, in milliseconds; null or left out: unknown. */
  formAgeMs?: number | null;
  now?: number;
}

/**
 * Moves a booking to another free slot; its own time counts as free. Moving it to where it is already is a success. Neither
 * notice nor horizon binds an organizer.
 */
export function reschedule(
  move: Move & { by: "organizer" },
): Promise<Result<{ id: string }, RescheduleRefusal>>;
/** A visitor is bound by all rules, and by the event type's change policy. */
export function reschedule(
  move: Move & { by: "visitor" },
): Promise<Result<{ id: string }, RescheduleRefusal | VisitorRefusal | QuotaRefusal>>;
export async function reschedule(
  move: Move,
): Promise<Result<{ id: string }, RescheduleRefusal | VisitorRefusal | QuotaRefusal>> {
  const { bookingId, now = Date.now() } = move;
  const booking = await getMovable(db(), bookingId);
  if (!booking) return err("not_found");
  if (!canReschedule(booking, now)) return err("not_reschedulable", { status: booking.status });
  if (booking.startsAt.getTime() === move.start) return ok({ id: bookingId });
  const barred = refuseVisitor(move, booking, now);
  if (barred) return barred;
  const found = booking.eventTypeId
    ? await getOfferById(db(), booking.eventTypeId)
    : await getRemnant(db(), bookingId);
  if (!found) return err("not_found");
  const whole = move.by === "organizer" ? withoutNotice(found) : found;
  // Whoever takes part goes on doing so where they can: a move is no reason to hand a booking over.
  const same = withHosts(whole, hostsOf(booking));
  const kept = await tryToMove(move, booking, same);
  const isRefused = !kept.ok && slotCodes.has(kept.error.code);
  if (!isRefused || whole.eventType.onReschedule === "same_host" || same === whole) return kept;
  return tryToMove(move, booking, whole);
}

const slotCodes: ReadonlySet<string> = new Set<SlotRefusal["code"]>([
  "slot_taken",
  "outside_availability",
  "calendar_unavailable",
]);

const hostsOf = ({ hosts }: Pick<Movable, "hosts">) => hosts.map(({ userId }) => userId);

type Moved = Result<{ id: string }, RescheduleRefusal | VisitorRefusal | QuotaRefusal>;

/** Asks the calendars of whoever would take part, and moves the booking under the hosts' locks; whoever's turn it is by then is asked too. */
async function tryToMove(move: Move, booking: Movable, offer: Offer): Promise<Moved> {
  const { now = Date.now() } = move;
  const slot = { start: move.start, end: move.start + booking.endsAt.getTime() - booking.startsAt.getTime() };
  const alone = booking.meeting._count.bookings === 1;
  const requested = {
    offer,
    slot,
    now,
    noticeFrom: startOfNotice(move.formAgeMs, now),
    ...(alone ? { movingMeetingId: booking.meetingId } : {}),
  };
  let round = noOneAsked;
  for (;;) {
    const known = await readKnown(db(), requested);
    const judged = judgeKnown(requested, known, round);
    if (judged.offered === "unknown") {
      round = await askCalendars(requested, known, round, judged.ask);
      if (!round.unavailable) continue;
      // Someone may have booked meanwhile: then that is the answer, whatever the calendar says.
      const { presences } = round;
      const meanwhile = judgeKnown(requested, await readKnown(db(), requested), { ...noOneAsked, presences });
      return meanwhile.offered === false
        ? refuse(requested, meanwhile, new Map())
        : { ok: false, error: round.unavailable };
    }
    if (!judged.offered) return refuseJudged(requested, judged, known, round);
    try {
      const moved = await decide(move, { requested, round });
      if (moved === "again") continue;
      return "offered" in moved ? await refuseJudged(requested, moved, null, round) : moved;
    } catch (error) {
      if (isOverlap(error)) return refuse(requested, { because: "taken", reasons: [] }, round.live);
      throw error;
    }
  }
}

async function readKnown(
  client: Tx,
  { offer, slot, now, movingMeetingId }: RequestedSlot,
): Promise<KnownOfSlot> {
  const rooms = await readKnownRooms(client, offer, slot, now);
  return {
    bookings: await listOwnBookings(client, offer, slot),
    standings: await readStandings(client, offer, now),
    rooms: rooms && movingMeetingId ? await withOwnClaims(client, rooms, movingMeetingId) : rooms,
  };
}

/** Why the change policy refuses a visitor; null if it doesn't. */
function refuseVisitor(
  move: Move,
  booking: Movable,
  now: number,
): { ok: false; error: VisitorRefusal } | null {
  if (move.by !== "visitor") return null;
  const policy = changePolicyOf(booking.eventType);
  if (visitorMay("reschedule", booking, policy, now) !== "yes") return err("too_late");
  return lacksReason(policy, move.reason) ? err("reason_missing") : null;
}

/** Each move writes to everyone who was invited: a visitor has a few, and leaves more to the organizer. */
async function refuseOften(tx: Tx, bookingId: string, now: number): Promise<QuotaRefusal | null> {
  if (!env().RATE_LIMITS) return null;
  const moves = await tx.flightEntry.findMany({
    where: {
      bookingId,
      step: "rescheduled" satisfies FlightStep,
      facts: { path: ["by"], equals: "visitor" },
    },
    select: { at: true },
    orderBy: { id: "desc" },
    take: movesPerDay,
  });
  return refuseMove(
    moves.map(({ at }) => at.getTime()),
    now,
  );
}

interface Decision {
  requested: RequestedSlot;
  round: CalendarRound;
}

type Movable = NonNullable<Awaited<ReturnType<typeof getMovable>>>;

/** `again`: what was known has changed, and has to be looked at once more. */
async function decide(
  move: Move,
  { requested, round }: Decision,
): Promise<Moved | Extract<SlotVerdict, { offered: false }> | "again"> {
  const { offer, now } = requested;
  return db().$transaction(async (tx) => {
    const before = await getMovable(tx, move.bookingId);
    const locked = [...offer.hosts.map(({ id }) => id), ...(before ? hostsOf(before) : [])];
    await lockHosts(tx, locked);
    const booking = await getMovable(tx, move.bookingId);
    if (!booking || !canReschedule(booking, now)) {
      return err("not_reschedulable", { status: booking?.status ?? "gone" });
    }
    if (hostsOf(booking).some((id) => !locked.includes(id))) return "again";
    const barred = refuseVisitor(move, booking, now);
    if (barred) return barred;
    const tooOften = move.by === "visitor" ? await refuseOften(tx, booking.id, now) : null;
    if (tooOften) return { ok: false as const, error: tooOften };
    const alone = booking.meeting._count.bookings === 1;
    const { movingMeetingId: _, ...rest } = requested;
    const asked = { ...rest, ...(alone ? { movingMeetingId: booking.meetingId } : {}) };
    const verdict = judgeKnown(asked, await readKnown(tx, asked), round);
    if (verdict.offered === "unknown") return "again";
    if (!verdict.offered) return verdict;
    await announceBeginning(tx, booking);
    await moveBooking(tx, { booking, requested, verdict, alone, move });
    const approval = needsApprovalAnew(move, booking, offer);
    await note(tx, [booking.id], { step: "rescheduled", outcome: "ok", facts: { by: move.by, approval } });
    await withdrawReminders(tx, booking.id);
    const { id: bookingId } = booking;
    const ownerId = verdict.hosts[0].id;
    await announceBooking(tx, { ownerId, bookingId, event: "booking.rescheduled", previous: booking });
    return ok({ id: booking.id });
  });
}

/** The organizer has approved another time, and wants to be asked about each. */
function needsApprovalAnew(move: Move, { status }: Pick<Movable, "status">, { eventType }: Offer): boolean {
  const asks = eventType.requiresApproval && eventType.rescheduleNeedsApproval;
  return asks && move.by === "visitor" && status === "confirmed";
}

interface Step {
  booking: Movable;
  requested: RequestedSlot;
  /** Who takes part, and the meeting at the new time that has seats left, if there is one. */
  verdict: Extract<SlotVerdict, { offered: true }>;
  /** No other booking shares the meeting, so the meeting itself moves. */
  alone: boolean;
  move: Move;
}

async function moveBooking(tx: Tx, { booking, requested, verdict, alone, move }: Step): Promise<void> {
  const { offer, slot, now } = requested;
  const times = { startsAt: new Date(slot.start), endsAt: new Date(slot.end) };
  const { bufferBeforeMinutes, bufferAfterMinutes } = offer.eventType;
  const asksAnew = needsApprovalAnew(move, booking, offer);
  const isPending = asksAnew || booking.status === "pending";
  const { session, hosts, turns, rooms } = verdict;
  const hostIds = hosts.map(({ id }) => id);
  const isHandedOver = !isSameHosts(hostIds, hostsOf(booking));
  const [lead] = hosts;
  const isLedAnew = lead.id !== booking.meeting.hostId;
  const invitedBy = isLedAnew && !canInvite(lead) ? "bellhop" : booking.meeting.invitations;
  const apart = newMeeting(offer, lead, times, { isConfirmed: !isPending, invitedBy });
  // What was approved keeps its event until it is left; the new time has none before it is approved.
  const meetingId = session ?? (alone && !asksAnew ? booking.meetingId : apart.id);
  // Meeting before booking, as the meeting's own job writes them: neither waits for the other.
  if (meetingId === apart.id) await tx.meeting.create({ data: apart });
  else if (!session)
    await tx.meeting.update({
      where: { id: meetingId },
      data: { ...times, ...(isLedAnew ? newLeadColumns(booking.meeting, lead) : {}) },
    });
  else if (!isPending) await activateMeeting(tx, session);
  await tx.booking.update({
    where: { id: booking.id },
    data: {
      ...times,
      meetingId,
      rescheduleCount: { increment: 1 },
      ...(asksAnew ? { status: "pending" as const } : {}),
      ...(isPending ? { decideBy: decideBy(offer, slot, now) } : {}),
      moveReason: move.reason?.trim() || null,
      ...notificationColumns({ by: move.by, now }),
    },
  });
  if (meetingId !== booking.meetingId) {
    // Before the new time is claimed, which may overlap the old one.
    await freeTimeIfUnused(tx, booking.meetingId);
    await enqueue(tx, meetingSync, { meetingId: booking.meetingId }, { priority: 10 });
  }
  if (isHandedOver) {
    await setHosts(tx, booking.id, hostIds);
    for (const line of turnLines(offer, turns)) await note(tx, [booking.id], line);
    const newcomers = hostIds.filter((id) => !hostsOf(booking).includes(id));
    await noteTaken(tx, booking, newcomers, now);
    await sendMovedOn(tx, { booking, startsAt: times.startsAt, hostIds, by: move.by });
    if (!session) await freeOthers(tx, meetingId, hostIds);
  }
  if (!session) {
    await claimTime(tx, { hostIds, meetingId, slot, bufferBeforeMinutes, bufferAfterMinutes });
    await claimRooms(tx, { meetingId, slot, roomIds: rooms });
  }
  if (!isPending) await enqueue(tx, meetingSync, { meetingId }, { priority: 10 });
}

function getMovable(client: Tx, bookingId: string) {
  return client.booking.findUnique({
    where: { id: bookingId },
    select: {
      id: true,
      ownerId: true,
      eventTypeId: true,
      meetingId: true,
      status: true,
      confirmBy: true,
      startsAt: true,
      endsAt: true,
      title: true,
      visitorName: true,
      hosts: { select: { userId: true }, orderBy: { position: "asc" } },
      eventType: { select: { id: true, changePolicy: true } },
      meeting: {
        select: {
          kind: true,
          invitations: true,
          hostId: true,
          calendarOwnerId: true,
          connection: { select: { userId: true } },
          _count: { select: { bookings: { where: { status: { in: [...holdingStatuses] } } } } },
        },
      },
    },
  });
}
