/**
 * Several members of a team, named together by a visitor: `/{handle}+{handle}`. What is offered is made of each one's own event type of that
 * length, all of whom take part; it is a hidden event type of the team, made when someone first looks at it, and follows theirs.
 */
import { createHash } from "node:crypto";
import { handleForm } from "@/lib/accounts/handles";
import type { TeamScope } from "@/lib/auth/team-scope";
import { db, type Tx } from "@/lib/database/client";
import { isDuplicate, isReferenced } from "@/lib/database/errors";
import type { Prisma } from "@/lib/database/generated/client";
import { forEachNumber } from "@/lib/event-types/numbers";
import { toColumns } from "@/lib/event-types/save";
import { getOffer, getOfferById, type Offer } from "@/lib/offers/offer";
import { err, ok, type Result } from "@/lib/result";
import { lockTeam } from "@/lib/teams/people";

/** More people than that find no time together. */
export const togetherMax = 5;

/** What is made and never booked is forgotten, once a team has more of it. */
const unbookedMax = 200;

/** The handles that an address names together, each once, in its order; null: it is the address of one. */
export function readTogether(part: string): string[] | null {
  if (!/\+|%2b/i.test(part)) return null;
  return [...new Set(part.toLowerCase().replaceAll("%2b", "+").split("+"))];
}

/** The length that the second part of such an address names, in minutes; 0 for what is none. */
export function readMinutes(part: string): number {
  return /^[1-9]\d{0,3}$/.test(part) ? Number(part) : 0;
}

/** The first part of the address of people who are named together. */
export function writeTogether(people: readonly Person[]): string {
  return people.map(({ handle }) => handle).join("+");
}

export interface Person {
  name: string;
  handle: string;
}

/** People who can be booked together. */
export interface Together {
  /** Of which all of them are. */
  team: { name: string; handle: string };
  /** The first one's calendar is the one that is written to. */
  people: Person[];
  /** In minutes, the shortest first: what each of them offers. */
  lengths: number[];
}

export type NotTogether =
  /** One of them isn't there, or there is only one. */
  | { code: "unknown" }
  | { code: "too_many" }
  /** No team of all of them allows it. */
  | { code: "not_allowed"; people: Person[] }
  /** There is no length that each of them offers, or not the one that was asked for. */
  | { code: "no_length"; people: Person[]; lengths: number[] };

/** What the first of them decides for all. */
const followed = {
  ...forEachNumber(() => true as const),
  title: true,
  description: true,
  window: true,
  location: true,
  fallbackLocation: true,
  rooms: true,
  approvalHours: true,
  rescheduleNeedsApproval: true,
  outlookChanges: true,
  notifications: true,
  questions: true,
  translations: true,
  mailGreeting: true,
  mailClosing: true,
  subjectTemplate: true,
  meetingOptions: true,
  changePolicy: true,
  emailCheck: true,
  preferAdjacentTimes: true,
  redirectUrl: true,
} satisfies Prisma.EventTypeSelect;

/** What is the strictest of all. */
const combined = {
  bufferBeforeMinutes: true,
  bufferAfterMinutes: true,
  minimumNoticeMinutes: true,
  requiresApproval: true,
} satisfies Prisma.EventTypeSelect;

const teamShown = { id: true, name: true, handle: true } as const;

async function readPeople(handles: readonly string[]) {
  const rows = await db().user.findMany({
    where: { handle: { in: [...handles] }, disabledAt: null },
    select: {
      id: true,
      name: true,
      handle: true,
      memberships: { where: { team: { allowsAdHoc: true } }, select: { team: { select: teamShown } } },
      eventTypes: {
        where: { hidden: false, requiresLink: false, OR: [{ seats: null }, { seats: 1 }] },
        select: { ...followed, ...combined, durationsMinutes: true, scheduleId: true },
        orderBy: { id: "asc" },
      },
    },
  });
  return handles.flatMap((handle) => rows.find((row) => row.handle === handle) ?? []);
}

type Organizer = Awaited<ReturnType<typeof readPeople>>[number];

interface Found extends Together {
  team: Together["team"] & { id: string };
  organizers: Organizer[];
}

async function find(handles: readonly string[]): Promise<Result<Found, NotTogether>> {
  if (handles.length > togetherMax) return err("too_many");
  if (handles.length < 2 || !handles.every((handle) => handleForm.test(handle))) return err("unknown");
  const organizers = await readPeople(handles);
  if (organizers.length < handles.length) return err("unknown");
  const people = organizers.map(({ name, handle }) => ({ name, handle }));
  const [first, ...others] = organizers;
  // Of several teams always the same one, the oldest: ids are in the order in which they were made.
  const [team] = (first?.memberships ?? [])
    .map((membership) => membership.team)
    .filter(({ id }) => others.every(({ memberships }) => memberships.some((of) => of.team.id === id)))
    .sort((one, other) => (one.id < other.id ? -1 : 1));
  if (!team) return err("not_allowed", { people });
  const offered = organizers.map(({ eventTypes }) => eventTypes.flatMap((one) => one.durationsMinutes));
  const [mine = [], ...theirs] = offered;
  const lengths = [...new Set(mine)].filter((minutes) => theirs.every((list) => list.includes(minutes)));
  if (lengths.length === 0) return err("no_length", { people, lengths });
  return ok({ team, organizers, people, lengths: lengths.sort((a, b) => a - b) });
}

/** What people who are named together offer; `handles` as `readTogether` has them. */
export async function findTogether(handles: readonly string[]): Promise<Result<Together, NotTogether>> {
  const found = await find(handles);
  if (!found.ok) return found;
  const { team, people, lengths } = found.value;
  return ok({ team, people, lengths });
}

/** The offer that people who are named together make for one of these lengths: made now, or brought up to date. */
export async function openTogether(
  handles: readonly string[],
  minutes: number,
): Promise<Result<Offer, NotTogether>> {
  const found = await find(handles);
  if (!found.ok) return found;
  const { team, organizers, people, lengths } = found.value;
  if (!lengths.includes(minutes)) return err("no_length", { people, lengths });
  const id = await bringUpToDate(team.id, organizers, minutes);
  const offer = id === null ? null : await getOfferById(db(), id);
  return offer ? ok(offer) : err("not_allowed", { people });
}

/** What is offered now at the own address of such an event type; null: no longer. */
export async function reopenTogether({ hosts, eventType }: Offer): Promise<Offer | null> {
  const handles = hosts.map(({ handle }) => handle);
  const opened = await openTogether(handles, eventType.durationsMinutes[0] ?? 0);
  return opened.ok && opened.value.eventType.id === eventType.id ? opened.value : null;
}

/**
 * The address at which the API finds what is offered at one that a request names. What people who are named together offer is made now or
 * brought up to date, as when their page is opened; any other address is left alone, at no cost. Null: they offer it no longer.
 */
export async function addressToAsk<Asked extends { handle: string; slug: string }>(
  asked: Asked,
): Promise<Asked | null> {
  const { handle, slug } = asked;
  const together = readTogether(handle);
  if (together) {
    const opened = await openTogether(together, readMinutes(slug));
    if (!opened.ok) return null;
    const { organizer, eventType } = opened.value;
    return { ...asked, handle: organizer.handle, slug: eventType.slug };
  }
  if (!slug.toLowerCase().startsWith(slugStart)) return asked;
  const offer = await getOffer(db(), handle, slug);
  return offer?.eventType.isAdHoc && !(await reopenTogether(offer)) ? null : asked;
}

/** Of someone's event types the first whose usual length it is, or else the first that has it. */
function ownOf({ eventTypes }: Organizer, minutes: number) {
  const usual = eventTypes.find(({ durationsMinutes: [first] }) => first === minutes);
  return usual ?? eventTypes.find(({ durationsMinutes }) => durationsMinutes.includes(minutes));
}

type Own = NonNullable<ReturnType<typeof ownOf>>;

function combine(first: Own, own: readonly Own[], minutes: number) {
  const { scheduleId: _, durationsMinutes: __, ...columns } = first;
  const most = (name: "bufferBeforeMinutes" | "bufferAfterMinutes" | "minimumNoticeMinutes") =>
    Math.max(...own.map((one) => one[name]));
  return {
    ...columns,
    durationsMinutes: [minutes],
    bufferBeforeMinutes: most("bufferBeforeMinutes"),
    bufferAfterMinutes: most("bufferAfterMinutes"),
    minimumNoticeMinutes: most("minimumNoticeMinutes"),
    requiresApproval: own.some(({ requiresApproval }) => requiresApproval),
  };
}

const stored = {
  ...followed,
  ...combined,
  durationsMinutes: true,
  id: true,
  hosts: { select: { userId: true, scheduleId: true }, orderBy: { position: "asc" } },
} satisfies Prisma.EventTypeSelect;

const slugStart = "together-";

/** Names these people in this order with this length. */
function slugOf(organizers: readonly Organizer[], minutes: number): string {
  const text = organizers.map(({ id }) => id).join(" ");
  return `${slugStart}${minutes}-${createHash("sha256").update(text).digest("hex").slice(0, 16)}`;
}

/** Makes or changes the event type where it isn't as it has to be, and returns its id; null: one of them has just left. */
async function bringUpToDate(
  teamId: string,
  organizers: readonly Organizer[],
  minutes: number,
): Promise<string | null> {
  const slug = slugOf(organizers, minutes);
  const own = organizers.flatMap((one) => ownOf(one, minutes) ?? []);
  const [first] = own;
  if (!first) return null;
  const data = combine(first, own, minutes);
  const hosts = organizers.map(({ id: userId }, at) => ({
    userId,
    scheduleId: own[at]?.scheduleId ?? null,
  }));
  const row = await db().eventType.findFirst({ where: { teamId, slug, isAdHoc: true }, select: stored });
  if (row && isSame(row, data, hosts)) return row.id;
  try {
    return await write(
      { teamId, slug },
      toColumns({ ...data, slug }) as Prisma.EventTypeUncheckedCreateInput,
      hosts,
    );
  } catch (error) {
    // An event type of theirs has just this link, or someone has left meanwhile, or given a schedule up.
    if (isDuplicate(error) || isReferenced(error)) return null;
    throw error;
  }
}

type Hosts = { userId: string; scheduleId: string | null }[];

/** Both are as the database gives them. */
function isSame(row: object, data: Record<string, unknown>, hosts: Hosts): boolean {
  const kept = row as Record<string, unknown> & { hosts: Hosts };
  const isEqual = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);
  const areHosts = isEqual(
    kept.hosts.map(({ userId, scheduleId }) => [userId, scheduleId]),
    hosts.map(({ userId, scheduleId }) => [userId, scheduleId]),
  );
  return areHosts && Object.entries(data).every(([name, value]) => isEqual(kept[name], value));
}

interface Place {
  teamId: string;
  slug: string;
}

function write(
  { teamId, slug }: Place,
  data: Prisma.EventTypeUncheckedCreateInput,
  hosts: Hosts,
): Promise<string | null> {
  return db().$transaction(async (tx) => {
    if (!(await lockTeam(tx, teamId))) return null;
    const team = await tx.team.findUnique({ where: { id: teamId }, select: { allowsAdHoc: true } });
    if (!team?.allowsAdHoc) return null;
    const rows = hosts.map((host, position) => ({ ...host, teamId, position, kind: "fixed" as const }));
    const there = await tx.eventType.findFirst({
      where: { teamId, slug, isAdHoc: true },
      select: { id: true },
    });
    if (there) {
      const { id } = there;
      await tx.eventType.update({ where: { id }, data, select: { id: true } });
      for (const { userId, scheduleId } of rows) {
        await tx.eventTypeHost.updateMany({ where: { eventTypeId: id, userId }, data: { scheduleId } });
      }
      return id;
    }
    await forgetUnbooked(tx, teamId);
    const made = await tx.eventType.create({
      data: {
        ...data,
        teamId,
        slug,
        isAdHoc: true,
        hidden: true,
        invitations: "bellhop",
        hosts: { create: rows },
      },
      select: { id: true },
    });
    return made.id;
  });
}

/** Anyone can name people in any order: what no one has booked makes room. */
async function forgetUnbooked(tx: Tx, teamId: string): Promise<void> {
  const unbooked = await tx.eventType.findMany({
    where: { teamId, isAdHoc: true, bookings: { none: {} } },
    orderBy: { updatedAt: "desc" },
    skip: unbookedMax - 1,
    select: { id: true },
  });
  await tx.eventType.deleteMany({ where: { id: { in: unbooked.map(({ id }) => id) } } });
}

/** Whether visitors may book several members of a team together. */
export async function getAllowsAdHoc({ teamId: id }: TeamScope): Promise<boolean> {
  const team = await db().team.findUnique({ where: { id }, select: { allowsAdHoc: true } });
  return team?.allowsAdHoc ?? false;
}

/**
 * Lets visitors book several members together, or no longer: then what was made for it is gone, and its bookings stay. False: only those who
 * manage the team may say so.
 */
export async function setAllowsAdHoc(scope: TeamScope, allowsAdHoc: boolean): Promise<boolean> {
  if (!scope.manages) return false;
  const { teamId } = scope;
  return db().$transaction(async (tx) => {
    if (!(await lockTeam(tx, teamId))) return false;
    await writeAllowsAdHoc(tx, teamId, allowsAdHoc);
    return true;
  });
}

/** The same in the transaction that changes more of the team, which holds its lock. */
export async function writeAllowsAdHoc(tx: Tx, teamId: string, allowsAdHoc: boolean): Promise<void> {
  await tx.team.update({ where: { id: teamId }, data: { allowsAdHoc }, select: { id: true } });
  if (!allowsAdHoc) await tx.eventType.deleteMany({ where: { teamId, isAdHoc: true } });
}
