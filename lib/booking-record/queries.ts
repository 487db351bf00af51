import { inHandsOf } from "@/lib/auth/booking-access";
import { hashCapability } from "@/lib/auth/capability";
import type { OwnerScope } from "@/lib/auth/owner-scope";
import type { TeamScope } from "@/lib/auth/team-scope";
import { type Awaits, awaitsOf } from "@/lib/booking-record/awaits";
import type { ChangePolicy } from "@/lib/booking-record/change-policy";
import { openLink } from "@/lib/booking-record/links";
import { type OutlookState, outlookStateOf } from "@/lib/booking-record/outlook-state";
import { type BookingStatus, holdingStatuses } from "@/lib/booking-record/policy";
import { idsOfReference } from "@/lib/booking-record/reference";
import { changePolicyOf } from "@/lib/booking-record/stored-policy";
import { readAnswers, readGuests, readStoredUtm } from "@/lib/booking-record/stored-visitor";
import { ownZone, zoneOf, zoneOfEventType } from "@/lib/booking-record/zone";
import { db, type Tx } from "@/lib/database/client";
import type { Prisma } from "@/lib/database/generated/client";
import { settledBefore } from "@/lib/database/settled";
import { isId } from "@/lib/input/id";
import type { Utm } from "@/lib/input/utm";

export type MeetingStatus = "none" | "creating" | "ready" | "failed";

/** A booking as its visitor and its organizer may see it. */
export interface BookingView {
  id: string;
  status: BookingStatus;
  /** Whom it waits for; null: no one. */
  awaits: Awaits;
  /** Until when its visitor has to confirm their address; stays if they never do, and null means that no one has to. */
  confirmBy: Date | null;
  startsAt: Date;
  endsAt: Date;
  title: string;
  visitor: { name: string; email: string; timeZone: string; locale: string };
  guests: string[];
  /** By the id of the question. */
  answers: Record<string, unknown>;
  /** Where its visitor came from. */
  utm: Readonly<Utm>;
  noShowAt: Date | null;
  /** Who decided that last: `organizer`, or `report`, an attendance report. */
  noShowBy: string | null;
  rescheduleCount: number;
  cancelReason: string | null;
  cancelledBy: string | null;
  /** The message from the person who rescheduled it last. */
  moveReason: string | null;
  /** When its visitor's data was erased. */
  erasedAt: Date | null;
  /** What its visitor may change until when. */
  changePolicy: ChangePolicy;
  /** `email` is where answers to our mails go: visitors know it. */
  organizer: {
    id: string;
    name: string;
    handle: string;
    timeZone: string;
    email: string;
    locale: string;
    /** False once their account is disabled, unless it is a team's booking: what is booked stays, and nothing more can be booked. */
    takesBookings: boolean;
  };
  /** Who takes part: the one whose calendar it is in first. */
  hosts: HostName[];
  /** The others of them, each with the zone of their own schedule. */
  coHosts: { name: string; timeZone: string }[];
  /** Of a team's booking. */
  team: { id: string; name: string; handle: string } | null;
  eventType: { id: string; slug: string; durationsMinutes: number[] } | null;
  meeting: {
    id: string;
    kind: string;
    place: string | null;
    status: MeetingStatus;
    /** Only for a verified link of a confirmed booking. */
    joinUrl: string | null;
    verifiedAt: Date | null;
    problem: string | null;
    /** What Outlook has and should not have, while Bellhop goes on trying. */
    outlook: OutlookState | null;
    /** The outcome of setting its options, as stored (lib/meetings/options.ts). */
    optionsOutcome: unknown;
    /** What the visitor's calendar knows the event by; null before it is there. */
    iCalUId: string | null;
    /** The subject of its event, with places for names (lib/format/subject.ts). */
    subjectTemplate: string;
  };
  /** Until when the organizer has to decide; null where nothing waits for them. */
  decideBy: Date | null;
  joinToken: string;
  createdAt: Date;
  /** When anything last changed that its organizer reads by the API. */
  amendedAt: Date;
}

/** A host as everyone may know them. */
export interface HostName {
  name: string;
  handle: string;
}

export const toHostName = ({ name, handle }: HostName): HostName => ({ name, handle });

const fields = {
  id: true,
  status: true,
  startsAt: true,
  endsAt: true,
  title: true,
  visitorTitle: true,
  visitorName: true,
  visitorEmail: true,
  visitorTimeZone: true,
  visitorLocale: true,
  guests: true,
  answers: true,
  utm: true,
  noShowAt: true,
  noShowBy: true,
  rescheduleCount: true,
  cancelReason: true,
  cancelledBy: true,
  moveReason: true,
  erasedAt: true,
  decideBy: true,
  confirmBy: true,
  inviteUid: true,
  joinTokenSealed: true,
  createdAt: true,
  amendedAt: true,
  owner: {
    select: {
      id: true,
      name: true,
      handle: true,
      email: true,
      locale: true,
      disabledAt: true,
      connections: { where: { provider: "teams" }, select: { accountEmail: true } },
      ...ownZone,
    },
  },
  hosts: {
    select: { user: { select: { id: true, name: true, handle: true, ...ownZone } } },
    orderBy: { position: "asc" },
  },
  team: { select: { id: true, name: true, handle: true } },
  eventType: {
    select: {
      id: true,
      slug: true,
      durationsMinutes: true,
      changePolicy: true,
      ...zoneOfEventType,
    },
  },
  meeting: {
    select: {
      id: true,
      kind: true,
      place: true,
      status: true,
      joinUrl: true,
      verifiedAt: true,
      problem: true,
      optionsOutcome: true,
      iCalUId: true,
      calendarEventId: true,
      calendarStartsAt: true,
      startsAt: true,
      endsAt: true,
      invitedEmails: true,
      retired: { where: { problem: { not: null } }, select: { id: true }, take: 1 },
      _count: { select: { bookings: { where: { status: "confirmed" } } } },
      subjectTemplate: true,
    },
  },
} satisfies Prisma.BookingSelect;

type Row = Prisma.BookingGetPayload<{ select: typeof fields }>;

function toView(row: Row): BookingView {
  const isConfirmed = row.status === "confirmed";
  const joinUrl = isConfirmed && row.meeting.status === "ready" ? row.meeting.joinUrl : null;
  return {
    id: row.id,
    status: row.status,
    awaits: awaitsOf(row),
    confirmBy: row.confirmBy,
    startsAt: row.startsAt,
    endsAt: row.endsAt,
    title: row.title,
    visitor: {
      name: row.visitorName,
      email: row.visitorEmail,
      timeZone: row.visitorTimeZone,
      locale: row.visitorLocale,
    },
    guests: readGuests(row.guests, row.id),
    answers: readAnswers(row.answers, row.id),
    utm: readStoredUtm(row.utm, row.id),
    noShowAt: row.noShowAt,
    noShowBy: row.noShowBy,
    rescheduleCount: row.rescheduleCount,
    cancelReason: row.cancelReason,
    cancelledBy: row.cancelledBy,
    moveReason: row.moveReason,
    erasedAt: row.erasedAt,
    changePolicy: changePolicyOf(row.eventType),
    decideBy: awaitsOf(row) === "organizer" ? row.decideBy : null,
    organizer: {
      id: row.owner.id,
      name: row.owner.name,
      handle: row.owner.handle,
      timeZone: zoneOf(row, row.owner),
      email: row.owner.connections[0]?.accountEmail || row.owner.email,
      locale: row.owner.locale,
      takesBookings: row.owner.disabledAt === null || row.team !== null,
    },
    hosts: row.hosts.map(({ user }) => toHostName(user)),
    coHosts: row.hosts
      .filter(({ user }) => user.id !== row.owner.id)
      .map(({ user: { name, schedules } }) => ({ name, timeZone: schedules[0]?.timeZone ?? "UTC" })),
    team: row.team,
    eventType: row.eventType
      ? { id: row.eventType.id, slug: row.eventType.slug, durationsMinutes: row.eventType.durationsMinutes }
      : null,
    meeting: { ...meetingOf(row), joinUrl, iCalUId: row.inviteUid ?? row.meeting.iCalUId },
    joinToken: openLink("join", row.id, row.joinTokenSealed),
    createdAt: row.createdAt,
    amendedAt: row.amendedAt,
  };
}

function meetingOf(row: Row) {
  const { id, kind, place, status, verifiedAt, problem, optionsOutcome, subjectTemplate } = row.meeting;
  const outlook = row.meeting.endsAt.getTime() > Date.now() ? outlookStateOf(row) : null;
  return { id, kind, place, status, verifiedAt, problem, optionsOutcome, subjectTemplate, outlook };
}

/** As its visitor reads it: in their own language, where its organizer has written it. */
function forVisitor(row: Row): BookingView {
  return { ...toView(row), title: row.visitorTitle ?? row.title };
}

/** The booking behind a visitor's link; null for any token that is not one. */
export async function getBookingByToken(token: string): Promise<BookingView | null> {
  const row = await db().booking.findUnique({ where: { tokenHash: hashCapability(token) }, select: fields });
  return row ? forVisitor(row) : null;
}

/** The booking behind a join page; null for any token that is not one. */
export async function getBookingByJoinToken(token: string): Promise<BookingView | null> {
  const row = await db().booking.findUnique({
    where: { joinTokenHash: hashCapability(token) },
    select: fields,
  });
  return row ? forVisitor(row) : null;
}

/** A booking by its id, for whoever has just changed it. */
export async function getBooking(id: string): Promise<BookingView | null> {
  const row = await db().booking.findUnique({ where: { id }, select: fields });
  return row ? toView(row) : null;
}

/** A booking that someone takes part in, or that is of a team they manage; null for anyone else's. */
export async function getOwnBooking(
  scope: OwnerScope,
  id: string,
  client: Tx = db(),
): Promise<BookingView | null> {
  const row = await client.booking.findFirst({ where: { id, ...inHandsOf(scope) }, select: fields });
  return row ? toView(row) : null;
}

/** Those of some bookings that `getOwnBooking` finds, in the order of their ids. */
export async function listOwnBookings(scope: OwnerScope, ids: readonly string[]): Promise<BookingView[]> {
  const where = { id: { in: [...ids] }, ...inHandsOf(scope) };
  const rows = await db().booking.findMany({ where, select: fields });
  const views = new Map(rows.map((row) => [row.id, toView(row)]));
  return ids.flatMap((id) => views.get(id) ?? []);
}

/**
 * The bookings that someone takes part in. Whoever is in no team hosts their own alone, which one index finds; the bookings of a team are
 * looked through by another.
 */
async function takenPartIn({ ownerId: userId }: OwnerScope): Promise<Prisma.BookingWhereInput> {
  const teams = await db().teamMember.findMany({ where: { userId }, select: { teamId: true } });
  if (teams.length === 0) return { ownerId: userId };
  const teamId = { in: teams.map((team) => team.teamId) };
  return { AND: [{ OR: [{ ownerId: userId }, { teamId, hosts: { some: { userId } } }] }] };
}

export interface BookingFilter {
  statuses?: BookingStatus[] | undefined;
  /** Bookings that end after this instant. */
  from?: Date | undefined;
  /** Bookings that start before this instant. */
  to?: Date | undefined;
  /** Bookings that had ended by this instant. */
  endedBy?: Date | undefined;
  eventTypeId?: string | undefined;
  /** Part of the visitor's name or address, or a booking's reference. */
  search?: string | undefined;
  /** True: only those whose visitor did not come. */
  noShow?: boolean | undefined;
  /** `waiting`: only those that wait for their visitor to confirm them; `known`: none that was given up before its visitor had. */
  confirmation?: "waiting" | "known" | undefined;
  /** `verified`: the Teams link is; `missing`: it is not yet; `elsewhere`: not in Teams at all. */
  meeting?: "verified" | "missing" | "elsewhere" | undefined;
  /** Only what changed after this instant, in the order in which it changed. */
  amendedAfter?: Date | undefined;
  order?: "soonest" | "latest";
  /** Position after which the page starts. */
  after?: { startsAt: Date; id: string } | { amendedAt: Date; id: string } | undefined;
  take?: number;
}

/** The organizer's bookings in order of their start, at most `take` (50). */
export async function listBookings(scope: OwnerScope, filter: BookingFilter = {}): Promise<BookingView[]> {
  return list(await takenPartIn(scope), filter);
}

/**
 * A team's bookings, all or those of whom the reader may see, in order of their start, at most `take` (50). `host`: the handle or id of
 * one who takes part.
 */
export function listTeamBookings(
  { teamId, seesOnly }: TeamScope,
  { host, ...filter }: BookingFilter & { host?: string | undefined } = {},
): Promise<BookingView[]> {
  const named = host && (isId(host) ? { userId: host } : { user: { handle: host.toLowerCase() } });
  const whose = [...(seesOnly ? [{ userId: seesOnly }] : []), ...(named ? [named] : [])];
  const taking = whose.map((one): Prisma.BookingWhereInput => ({ hosts: { some: one } }));
  return list({ teamId, ...(taking.length > 0 ? { AND: taking } : {}) }, filter);
}

async function list(whose: Prisma.BookingWhereInput, filter: BookingFilter): Promise<BookingView[]> {
  const { statuses, from, to, endedBy, eventTypeId, meeting, order = "soonest", after, take = 50 } = filter;
  const { search, noShow, confirmation, amendedAfter } = filter;
  const direction = order === "soonest" ? "asc" : "desc";
  const column = amendedAfter ? "amendedAt" : "startsAt";
  const settled = amendedAfter && { amendedAt: { gt: amendedAfter, lt: await settledBefore() } };
  const rows = await db().booking.findMany({
    where: {
      ...whose,
      ...(statuses ? { status: { in: statuses } } : {}),
      ...(from ? { endsAt: { gt: from } } : {}),
      ...(to ? { startsAt: { lt: to } } : {}),
      ...(endedBy ? { endsAt: { lte: endedBy } } : {}),
      ...(eventTypeId ? { eventTypeId } : {}),
      ...(meeting ? { meeting: meetingsThatAre[meeting] } : {}),
      ...(noShow ? { noShowAt: { not: null } } : {}),
      ...(confirmation === "waiting" ? heldBack : {}),
      ...(confirmation === "known" ? { NOT: givenUp } : {}),
      ...settled,
      AND: [...[whose.AND ?? []].flat(), ...(search?.trim() ? matching(search.trim()) : [])],
      ...(after ? { OR: beyondOf(after, order === "soonest" ? "gt" : "lt") } : {}),
    },
    select: fields,
    orderBy: [{ [column]: direction }, { id: direction }],
    take,
  });
  return rows.map(toView);
}

function beyondOf({ id, ...at }: NonNullable<BookingFilter["after"]>, beyond: "gt" | "lt") {
  const [[column, instant] = []] = Object.entries<Date>(at);
  return [{ [`${column}`]: { [beyond]: instant } }, { ...at, id: { [beyond]: id } }];
}

/** Every word has to be in the name or the address; a reference finds only its booking. */
function matching(search: string): Prisma.BookingWhereInput[] {
  const ids = idsOfReference(search);
  const words = search.split(/\s+/).slice(0, 8);
  const byWords = words.map((word): Prisma.BookingWhereInput => {
    const contains = { contains: escapeLike(word), mode: "insensitive" as const };
    return { OR: [{ visitorName: contains }, { visitorEmail: contains }] };
  });
  return ids ? [{ OR: [{ id: { gte: ids.first, lte: ids.last } }, { AND: byWords }] }] : byWords;
}

/** Prisma leaves the wildcards of LIKE as they are. */
const escapeLike = (text: string) => text.replace(/[\\%_]/g, "\\$&");

const meetingsThatAre = {
  verified: { kind: "teams", status: "ready" },
  missing: { kind: "teams", status: { not: "ready" } },
  elsewhere: { kind: { not: "teams" } },
} satisfies Record<string, Prisma.MeetingWhereInput>;

/** Bookings that wait for their visitor to confirm them. */
const heldBack = { status: "pending", confirmBy: { not: null } } satisfies Prisma.BookingWhereInput;

/** Bookings that no one has heard of, and no one will. */
const givenUp = {
  status: { in: ["cancelled", "declined"] },
  confirmBy: { not: null },
} satisfies Prisma.BookingWhereInput;

/** Confirmed bookings that are not over and whose Teams link is not verified. The goal is that there are none. */
const withoutLink = (now: Date) =>
  ({
    status: "confirmed",
    endsAt: { gt: now },
    meeting: meetingsThatAre.missing,
  }) satisfies Prisma.BookingWhereInput;

/** The same for all organizers: the number that has to be zero. */
export function countWithoutLink(now: Date): Promise<number> {
  return db().booking.count({ where: withoutLink(now) });
}

/** How many bookings of all organizers wait for their visitors. */
export function countHeldBack(): Promise<number> {
  return db().booking.count({ where: heldBack });
}

/** How many bookings are under each heading of the organizer's page. */
export async function countBookings(
  scope: OwnerScope,
  now: Date,
): Promise<{ upcoming: number; past: number; cancelled: number; withoutLink: number; heldBack: number }> {
  const mine = await takenPartIn(scope);
  const holding = { in: [...holdingStatuses] };
  const [upcoming, past, cancelled, linkless, waiting] = await Promise.all([
    db().booking.count({ where: { AND: mine, status: holding, endsAt: { gt: now } } }),
    db().booking.count({ where: { AND: mine, status: holding, endsAt: { lte: now } } }),
    db().booking.count({
      where: { AND: mine, status: { in: ["cancelled", "declined"] }, NOT: givenUp },
    }),
    db().booking.count({ where: { AND: mine, ...withoutLink(now) } }),
    db().booking.count({ where: { AND: mine, ...heldBack } }),
  ]);
  return { upcoming, past, cancelled, withoutLink: linkless, heldBack: waiting };
}
