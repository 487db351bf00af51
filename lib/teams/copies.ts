/** Members' own copies of a team's event type: made and taken back by those who manage the team, who lock fields in all of them. */

import type { OwnerScope } from "@/lib/auth/owner-scope";
import type { TeamScope } from "@/lib/auth/team-scope";
import { db, type Tx } from "@/lib/database/client";
import type { Prisma } from "@/lib/database/generated/client";
import { copiedColumns, type LockName, lockedColumns, lockNames } from "@/lib/event-types/locks";
import { toColumns } from "@/lib/event-types/save";
import { isId } from "@/lib/input/id";
import type { InputIssue } from "@/lib/input/parse";
import { freeSlug } from "@/lib/input/slug";
import { err, ok, type Result } from "@/lib/result";
import { lockTeam } from "@/lib/teams/people";

type Refused = { code: "forbidden" | "not_found" };
/** Someone who is to have a copy isn't in the team. */
type Invalid = { code: "invalid_request"; issues: InputIssue[] };

export interface Copies {
  locked: LockName[];
  /** Whoever leaves, or is no longer to have one, keeps their copy as their own. */
  copiesStay: boolean;
  /** All members, by name, and the link of each one's copy; null: they have none. */
  members: { userId: string; name: string; handle: string; slug: string | null }[];
}

/** What is locked, and who has a copy; null for an event type that isn't the team's, or a reader who doesn't manage it. */
export async function getCopies({ teamId, manages }: TeamScope, id: string): Promise<Copies | null> {
  if (!manages || !isId(id)) return null;
  const template = await db().eventType.findFirst({
    where: { id, teamId, isAdHoc: false },
    select: {
      lockedFields: true,
      copiesStay: true,
      copies: { select: { userId: true, slug: true } },
      team: { select: { members: { select: { user: { select: { id: true, name: true, handle: true } } } } } },
    },
  });
  if (!template) return null;
  const { lockedFields, copiesStay, copies, team } = template;
  const members = (team?.members ?? []).map(({ user: { id: userId, ...user } }) => {
    return { userId, ...user, slug: copies.find((copy) => copy.userId === userId)?.slug ?? null };
  });
  return {
    locked: lockNames.filter((name) => lockedFields.includes(name)),
    copiesStay,
    members: members.sort((a, b) => a.name.localeCompare(b.name)),
  };
}

/** Who locks what in an organizer's event type; null: it's all their own. */
export async function getLocks(
  { ownerId: userId }: OwnerScope,
  id: string,
): Promise<{ team: string; locked: LockName[] } | null> {
  if (!isId(id)) return null;
  const row = await db().eventType.findFirst({
    where: { id, userId },
    select: { template: { select: { lockedFields: true, team: { select: { name: true } } } } },
  });
  if (!row?.template?.team) return null;
  const { lockedFields, team } = row.template;
  return { team: team.name, locked: lockNames.filter((name) => lockedFields.includes(name)) };
}

/** What changes; what is left out stays. */
export interface CopiesChange {
  /** What is the same in all copies, from now on. */
  locked?: readonly LockName[] | undefined;
  copiesStay?: boolean | undefined;
  /** These members get a copy where they have none, and all others lose theirs. */
  holders?: readonly string[] | undefined;
}

/** Says what is locked, what becomes of copies, and who has one, and brings all copies in line. */
export async function changeCopies(
  { teamId, manages }: TeamScope,
  id: string,
  { locked, copiesStay, holders }: CopiesChange,
): Promise<Result<null, Refused | Invalid>> {
  if (!manages) return err("forbidden");
  if (!isId(id)) return err("not_found");
  return db().$transaction(async (tx) => {
    if (!(await lockTeam(tx, teamId))) return err("not_found");
    if ((await tx.eventType.count({ where: { id, teamId, isAdHoc: false } })) === 0) return err("not_found");
    const strangers = holders ? await listStrangers(tx, teamId, holders) : [];
    if (strangers.length > 0) return err("invalid_request", { issues: strangers });
    await tx.eventType.update({
      where: { id },
      data: { ...(locked && { lockedFields: [...locked] }), ...(copiesStay !== undefined && { copiesStay }) },
      select: { id: true },
    });
    if (holders) await setHolders(tx, id, holders);
    if (locked) await spread(tx, id);
    return ok(null);
  });
}

/** Complaints about those who are to have a copy and aren't in the team. */
async function listStrangers(tx: Tx, teamId: string, holders: readonly string[]): Promise<InputIssue[]> {
  const members = await tx.teamMember.findMany({
    where: { teamId, userId: { in: holders.filter(isId) } },
    select: { userId: true },
  });
  const ids = new Set(members.map(({ userId }) => userId));
  return holders.flatMap((userId, index) =>
    ids.has(userId) ? [] : [{ path: `holders.${index}`, message: "host_not_member", values: {} }],
  );
}

async function setHolders(tx: Tx, id: string, holders: readonly string[]): Promise<void> {
  const copies = await tx.eventType.findMany({ where: { templateId: id }, select: { userId: true } });
  const have = new Set(copies.map(({ userId }) => userId));
  for (const userId of new Set(holders)) if (!have.has(userId)) await makeCopy(tx, id, userId);
  await endCopies(tx, { templateId: id, userId: { notIn: [...holders] } });
}

/** Has all copies follow what is locked. In the transaction that changes the team's event type. */
export async function spread(tx: Tx, templateId: string): Promise<void> {
  const { lockedFields } = await tx.eventType.findUniqueOrThrow({
    where: { id: templateId },
    select: { lockedFields: true },
  });
  const columns = lockedColumns(lockedFields);
  if (columns.length === 0) return;
  const data = await readColumns(tx, templateId, columns);
  await tx.eventType.updateMany({ where: { templateId }, data });
}

async function readColumns(tx: Tx, id: string, columns: readonly string[]) {
  const select = Object.fromEntries(columns.map((name) => [name, true]));
  const row: Record<string, unknown> = await tx.eventType.findUniqueOrThrow({ where: { id }, select });
  return toColumns(row);
}

async function makeCopy(tx: Tx, templateId: string, userId: string): Promise<void> {
  const schedule = await tx.schedule.findFirst({
    where: { userId },
    orderBy: [{ isDefault: "desc" }, { id: "asc" }],
    select: { id: true },
  });
  if (!schedule) return;
  const { id: scheduleId } = schedule;
  const { slug } = await tx.eventType.findUniqueOrThrow({
    where: { id: templateId },
    select: { slug: true },
  });
  const taken = await tx.eventType.findMany({ where: { userId }, select: { slug: true } });
  const data = {
    ...(await readColumns(tx, templateId, copiedColumns)),
    slug: freeSlug(slug, new Set(taken.map((one) => one.slug))),
    userId,
    scheduleId,
    templateId,
    hosts: { create: { userId, scheduleId } },
  } as Prisma.EventTypeUncheckedCreateInput;
  await tx.eventType.create({ data, select: { id: true } });
}

/** Takes copies from their holders: each is theirs from now on, or is gone, as its team wants it. Bookings stay. */
async function endCopies(tx: Tx, where: Prisma.EventTypeWhereInput): Promise<void> {
  await tx.eventType.deleteMany({ where: { ...where, template: { copiesStay: false } } });
  await tx.eventType.updateMany({ where, data: { templateId: null } });
}

/** The same of someone who leaves a team, in the transaction in which they do. */
export function endCopiesOf(tx: Tx, teamId: string, userId: string): Promise<void> {
  return endCopies(tx, { userId, template: { teamId } });
}
