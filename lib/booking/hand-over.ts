/**
 * A booking of a team goes from one host to another. The booking changes in one transaction; its event and meeting follow by job, which
 * makes the new ones and verifies them before the old ones go (lib/meetings/sync-meeting.ts). Runs any number of times.
 */

import { inHandsOf } from "@/lib/auth/booking-access";
import type { OwnerScope } from "@/lib/auth/owner-scope";
import { newLeadColumns, setHosts } from "@/lib/booking/booking-hosts";
import { sendHandover } from "@/lib/booking/mails/handover";
import {
  askCalendars,
  type CalendarRound,
  type Judged,
  judgeKnown,
  type KnownOfSlot,
  noOneAsked,
  type RequestedSlot,
} from "@/lib/booking/slot-check";
import { noteTaken, turnLines } from "@/lib/booking/turn-record";
import { type MeetingWay, meetingWayOf } from "@/lib/booking-record/meeting-way";
import { lockHosts } from "@/lib/booking-record/organizer-lock";
import { holdingStatuses } from "@/lib/booking-record/policy";
import { db, type Tx } from "@/lib/database/client";
import { isOverlap } from "@/lib/database/errors";
import type { Prisma } from "@/lib/database/generated/client";
import { lockRow } from "@/lib/database/lock-row";
import { note } from "@/lib/flight-recorder/flight-recorder";
import { inParallel } from "@/lib/jobs/in-parallel";
import { enqueue } from "@/lib/jobs/queue";
import { meetingSync } from "@/lib/meetings/jobs";
import { getOfferById, getRemnant, type Offer, type OfferHost } from "@/lib/offers/offer";
import { listBookingsOf } from "@/lib/offers/own-bookings";
import { readStandings } from "@/lib/offers/turns";
import { err, ok, type Result } from "@/lib/result";
import { moveRoomClaims } from "@/lib/rooms/claims";
import { announceBeginning, announceBooking } from "@/lib/webhooks/announce";

/** Who wants it: someone of the team, the rule (a host left, or can't take part), or a host's answer in Outlook. */
export type HandedOverBy = "organizer" | "rule" | "calendar";

export interface Handover {
  bookingId: string;
  by: HandedOverBy;
  /** The host it is taken from; left out: the only one, or else the one whose calendar it is in. */
  from?: string | undefined;
  /** The member of the team it is given to; left out: whoever's turn it is. */
  to?: string | undefined;
  /** What the visitor reads of why. */
  reason?: string | undefined;
  /** Epoch milliseconds. */
  now?: number;
}

export type HandoverRefusal =
  | { code: "not_found" }
  /** The one it is to be taken from doesn't take part in it. */
  | { code: "from_unknown" }
  /** The one it is to be given to is no active member of its team, or takes part already. */
  | { code: "to_unknown" }
  /** No one can take it over, or not the one who was named. Nothing is changed. */
  | { code: "host_unavailable" };

/** Hands a booking over. A booking that is over or cancelled is handed to no one. */
export async function handOver(handover: Handover): Promise<Result<{ id: string }, HandoverRefusal>> {
  const outcome = await handOverTogether([handover]);
  if (outcome.ok) return ok({ id: handover.bookingId });
  const [{ refusal }] = outcome.error.refused;
  return { ok: false, error: refusal };
}

export interface Refused {
  bookingId: string;
  refusal: HandoverRefusal;
}

/** How many bookings' calendars are asked at a time. */
const settledAtOnce = 8;

/** How often it is decided anew because something changed meanwhile. After that nothing is changed, and it can be tried again. */
const looksMax = 8;

/**
 * Hands all of these bookings over, or none, together with what else belongs to it (`alongWith`, in the same transaction). Calendars are
 * asked outside of it, two seconds at most for each booking and for some of them at a time. What keeps changing is given up, as if no one
 * could take it over.
 */
export async function handOverTogether(
  handovers: readonly Handover[],
  alongWith: (tx: Tx) => Promise<void> = async () => {},
): Promise<Result<null, { code: "refused"; refused: readonly [Refused, ...Refused[]] }>> {
  const rounds = new Map<string, CalendarRound>();
  for (let look = 0; look < looksMax; look += 1) {
    const settled = new Map<Handover, Step | Refused>();
    await inParallel(handovers, settledAtOnce, async (handover) => {
      settled.set(handover, await settleCalendars(handover, rounds));
    });
    const found = handovers.flatMap((handover) => settled.get(handover) ?? []);
    const steps = found.filter((one) => "hostIds" in one);
    const [first, ...more] = found.filter((one) => "refusal" in one);
    if (first) return err("refused", { refused: [first, ...more] });
    try {
      await db().$transaction((tx) => apply(tx, steps, rounds, alongWith), { timeout: 30_000 });
      return ok(null);
    } catch (error) {
      if (error instanceof LookAgain || isOverlap(error)) continue;
      if (!(error instanceof NotHandedOver)) throw error;
      return err("refused", { refused: [error.refused] });
    }
  }
  const [first, ...more] = handovers.map(({ bookingId }): Refused => {
    return { bookingId, refusal: { code: "host_unavailable" } };
  });
  return first ? err("refused", { refused: [first, ...more] }) : ok(null);
}

/** What was known has changed. */
class LookAgain extends Error {}

class NotHandedOver extends Error {
  constructor(readonly refused: Refused) {
    super("A booking can't be handed over.");
  }
}

interface Step {
  handover: Handover;
  /** All whose bookings have to stay as they are meanwhile. */
  hostIds: string[];
}

/** Asks the calendars of those who could take it, until it is known who would. */
async function settleCalendars(
  handover: Handover,
  rounds: Map<string, CalendarRound>,
): Promise<Step | Refused> {
  const { bookingId } = handover;
  for (;;) {
    const plan = await planOf(db(), handover);
    if ("code" in plan) return { bookingId, refusal: plan };
    const round = rounds.get(bookingId) ?? noOneAsked;
    const judged = judgeFor(plan, round);
    if (judged.offered === false) return { bookingId, refusal: { code: "host_unavailable" } };
    if (judged.offered === true) return { handover, hostIds: plan.concerned };
    rounds.set(bookingId, await askCalendars(plan.requested, plan.known, round, judged.ask));
  }
}

/** Under the locks of everyone concerned: decides once more, and writes. */
async function apply(
  tx: Tx,
  steps: readonly Step[],
  rounds: ReadonlyMap<string, CalendarRound>,
  alongWith: (tx: Tx) => Promise<void>,
): Promise<void> {
  const locked = new Set(steps.flatMap(({ hostIds }) => hostIds));
  await lockHosts(tx, [...locked]);
  for (const { handover } of steps) {
    const { bookingId } = handover;
    await lockRow(tx, "Booking", { id: bookingId });
    const plan = await planOf(tx, handover);
    if ("code" in plan) throw new NotHandedOver({ bookingId, refusal: plan });
    if (plan.concerned.some((id) => !locked.has(id))) throw new LookAgain();
    const judged = judgeFor(plan, rounds.get(bookingId) ?? noOneAsked);
    if (judged.offered === "unknown") throw new LookAgain();
    if (!judged.offered) throw new NotHandedOver({ bookingId, refusal: { code: "host_unavailable" } });
    await write(tx, handover, plan, judged);
  }
  await alongWith(tx);
}

interface Plan {
  booking: HandedBooking;
  from: { userId: string; name: string; handle: string | null };
  /** The booking's own time, offered by those who could take it over. */
  requested: RequestedSlot;
  known: KnownOfSlot;
  concerned: string[];
}

/** A calendar that can't be read counts as busy, be it the only one's. */
function judgeFor({ requested, known }: Plan, round: CalendarRound): Judged {
  return judgeKnown(requested, known, { ...round, unavailable: null });
}

async function planOf(client: Tx, handover: Handover): Promise<Plan | HandoverRefusal> {
  const { now = Date.now() } = handover;
  const booking = await readHanded(client, handover.bookingId);
  if (!booking) return { code: "not_found" };
  const isOver = booking.endsAt.getTime() <= now || !holdingStatuses.some((one) => one === booking.status);
  if (isOver || booking.teamId === null) return { code: "host_unavailable" };
  const mine = booking.hosts.map(({ user }) => user);
  const from = handover.from ? mine.find(({ id }) => id === handover.from) : mine[0];
  if (!from) return { code: "from_unknown" };
  const whole = booking.eventTypeId
    ? await getOfferById(client, booking.eventTypeId)
    : await getRemnant(client, booking.id);
  if (!whole) return { code: "host_unavailable" };
  const hosts = await candidatesOf(client, booking, whole, handover);
  if ("code" in hosts) return hosts;
  const isLead = mine[0]?.id === from.id;
  const able = isLead && booking.meeting.kind === "teams" ? await withTeams(client, hosts.all) : hosts.all;
  const [first, ...others] = able;
  if (!first) return { code: "host_unavailable" };
  const offer: Offer = {
    ...whole,
    eventType: { ...whole.eventType, ...asBooked(booking), ...(hosts.isNamed ? { limits: {} } : {}) },
    hosts: [first, ...others],
    rotatingHosts: 1,
  };
  const slot = { start: booking.startsAt.getTime(), end: booking.endsAt.getTime() };
  const ids = offer.hosts.map(({ id }) => id);
  const known = {
    bookings: await listBookingsOf(client, whole, ids, slot),
    standings: await readStandings(client, offer, now),
  };
  const requested = { offer, slot, now, movingMeetingId: booking.meetingId };
  const concerned = [...new Set([...mine.map(({ id }) => id), ...ids])];
  return {
    booking,
    from: { userId: from.id, name: from.name, handle: from.handle },
    requested,
    known,
    concerned,
  };
}

/** Any minute is on the grid of a time that was booked; neither notice nor horizon holds for it. */
function asBooked({ startsAt, endsAt }: HandedBooking) {
  return {
    durationsMinutes: [(endsAt.getTime() - startsAt.getTime()) / 60_000],
    slotIntervalMinutes: 1,
    slotOffsetMinutes: 0,
    minimumNoticeMinutes: 0,
    availableNowMinutes: undefined,
    window: { kind: "none" as const },
    seats: undefined,
  };
}

const alwaysOpen = { weekly: [{ days: [1, 2, 3, 4, 5, 6, 7], start: "00:00", end: "24:00" }], overrides: [] };

/**
 * Who could take it over. By rule those of the event type who take turns, by their hours and limits. Someone who is named by a person
 * has to be free, and no more: whoever names them may ask them to stay longer.
 */
async function candidatesOf(
  client: Tx,
  booking: HandedBooking,
  offer: Offer,
  { to }: Handover,
): Promise<{ all: OfferHost[]; isNamed: boolean } | HandoverRefusal> {
  const isIn = (id: string) => booking.hosts.some(({ user }) => user.id === id);
  if (to === undefined) {
    const all = offer.hosts.filter(({ id, kind }) => kind === "rotating" && !isIn(id));
    return { all, isNamed: false };
  }
  const { teamId } = booking;
  if (teamId === null || isIn(to)) return { code: "to_unknown" };
  const member = await client.user.findFirst({
    where: { id: to, disabledAt: null, memberships: { some: { teamId } } },
    select: {
      id: true,
      name: true,
      handle: true,
      schedules: { select: { timeZone: true }, orderBy: [{ isDefault: "desc" }, { id: "asc" }], take: 1 },
      connections: { where: { provider: "teams" }, select: { state: true } },
      calendarRules: { select: { readOnly: true } },
    },
  });
  if (!member) return { code: "to_unknown" };
  const known = offer.hosts.find(({ id }) => id === to);
  const { id, name, handle, schedules, connections, calendarRules } = member;
  const timeZone = schedules[0]?.timeZone ?? "UTC";
  const named: OfferHost = {
    ...(known ?? { id, name, handle, weight: 100, priority: 0, joinedAt: 0, lastTakenAt: null }),
    kind: "rotating",
    schedule: { timeZone, ...alwaysOpen, closedDates: [], closedDateNames: {} },
    connectionState: connections[0]?.state ?? null,
    isReadOnly: calendarRules?.readOnly ?? false,
  };
  return { all: [named], isNamed: true };
}

/** Those of them whose calendar a Teams meeting can be made in. */
async function withTeams(client: Tx, hosts: readonly OfferHost[]): Promise<OfferHost[]> {
  const able = await client.meetingProviderConnection.findMany({
    where: {
      userId: { in: hosts.map(({ id }) => id) },
      provider: "teams",
      accountKind: "work",
      teamsAvailable: true,
      state: { not: "reconnect_needed" },
    },
    select: { userId: true },
  });
  return hosts.filter(({ id, isReadOnly }) => !isReadOnly && able.some(({ userId }) => userId === id));
}

async function write(
  tx: Tx,
  handover: Handover,
  { booking, from, requested }: Plan,
  { hosts: [taker], turns }: Extract<Judged, { offered: true }>,
): Promise<void> {
  const { by, to, reason, now = Date.now() } = handover;
  const { meeting, meetingId } = booking;
  const hostIds = booking.hosts.map(({ user }) => (user.id === from.userId ? taker.id : user.id));
  const isLead = hostIds[0] === taker.id;
  const ownerId = booking.hosts[0]?.user.id ?? from.userId;
  for (const { id, status } of meeting.bookings) await announceBeginning(tx, { id, ownerId, status });
  // Meeting before booking, as the meeting's own job writes them: neither waits for the other.
  if (isLead) {
    const data = newLeadColumns(meeting, taker);
    await tx.meeting.update({ where: { id: meetingId }, data, select: { id: true } });
    // Each room answers the event that comes next.
    await moveRoomClaims(tx, meetingId, requested.slot);
  }
  await tx.$executeRaw`
    UPDATE "TimeClaim" SET "hostId" = ${taker.id}::uuid
    WHERE "meetingId" = ${meetingId}::uuid AND "hostId" = ${from.userId}::uuid`;
  const ids = meeting.bookings.map(({ id }) => id);
  for (const id of ids) await setHosts(tx, id, hostIds);
  await tx.booking.updateMany({
    where: { id: { in: ids } },
    data: {
      handoverCount: { increment: 1 },
      handedOverFrom: from.name,
      handoverReason: reason?.trim() || null,
      mailsDueAt: new Date(now),
    },
  });
  // Whoever declined takes part no longer.
  await tx.$executeRaw`
    UPDATE "Drift" SET state = 'applied', "settledAt" = now(), fingerprint = id::text
    WHERE "meetingId" = ${meetingId}::uuid AND "hostId" = ${from.userId}::uuid AND state = 'open'`;
  await tx.drift.updateMany({ where: { meetingId, userId: from.userId }, data: { userId: taker.id } });
  await noteTaken(tx, booking, [taker.id], now);
  const facts = { by, from: from.name, to: taker.name };
  await note(tx, ids, { step: "handed_over", outcome: "ok", facts });
  const former = { id: from.userId, name: from.name, handle: from.handle };
  for (const bookingId of ids) {
    await announceBooking(tx, { ownerId: taker.id, bookingId, event: "booking.reassigned", former });
  }
  if (to === undefined) for (const line of turnLines(requested.offer, turns)) await note(tx, ids, line);
  await sendHandover(tx, {
    booking,
    fromId: from.userId,
    toId: taker.id,
    isLead,
    reason: reason?.trim() || null,
  });
  await enqueue(tx, meetingSync, { meetingId }, { priority: 10 });
}

type HandedBooking = NonNullable<Awaited<ReturnType<typeof readHanded>>>;

function readHanded(client: Tx, id: string) {
  return client.booking.findUnique({ where: { id }, select: handedFields });
}

const handedFields = {
  id: true,
  teamId: true,
  eventTypeId: true,
  meetingId: true,
  status: true,
  startsAt: true,
  endsAt: true,
  title: true,
  visitorName: true,
  hosts: {
    select: { user: { select: { id: true, name: true, handle: true } } },
    orderBy: { position: "asc" },
  },
  meeting: {
    select: {
      kind: true,
      hostId: true,
      calendarOwnerId: true,
      connection: { select: { userId: true } },
      bookings: { where: { status: { in: [...holdingStatuses] } }, select: { id: true, status: true } },
    },
  },
} satisfies Prisma.BookingSelect;

export interface Succession {
  /** Who takes part, the one whose calendar it is in first. */
  hosts: { id: string; name: string }[];
  /** Members of the team who could take over, should they be free. */
  members: { id: string; name: string }[];
  /** Outlook has invited the visitor: it sends a cancellation and a new invitation. */
  isOutlooks: boolean;
  way: MeetingWay;
  /** It is in a calendar. */
  hasEvent: boolean;
}

/** Who could take over a booking that someone sees; null where it can't be handed over. */
export async function getSuccession(
  scope: OwnerScope,
  bookingId: string,
  now = new Date(),
): Promise<Succession | null> {
  const booking = await db().booking.findFirst({
    where: { id: bookingId, ...inHandsOf(scope), status: { in: [...holdingStatuses] }, endsAt: { gt: now } },
    select: {
      hosts: { select: { user: { select: { id: true, name: true } } }, orderBy: { position: "asc" } },
      meeting: { select: { invitations: true, kind: true, place: true, calendarEventId: true } },
      team: {
        select: {
          members: {
            where: { user: { disabledAt: null } },
            select: { user: { select: { id: true, name: true } } },
            orderBy: { joinedAt: "asc" },
          },
        },
      },
    },
  });
  if (!booking?.team) return null;
  const hosts = booking.hosts.map(({ user }) => user);
  const members = booking.team.members
    .map(({ user }) => user)
    .filter(({ id }) => !hosts.some((host) => host.id === id));
  if (members.length === 0) return null;
  const { invitations, calendarEventId } = booking.meeting;
  return {
    hosts,
    members,
    isOutlooks: invitations === "outlook",
    way: meetingWayOf(booking.meeting),
    hasEvent: calendarEventId !== null,
  };
}
