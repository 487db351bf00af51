/** Event types of a team: as organizers' own ones, with several hosts. */
import { randomUUID } from "node:crypto";
import type { TeamScope } from "@/lib/auth/team-scope";
import { db, type Tx } from "@/lib/database/client";
import { isDuplicate, isReferenced } from "@/lib/database/errors";
import type { HostKind, Prisma } from "@/lib/database/generated/client";
import { madeOnce } from "@/lib/database/made-once";
import { eventTypeColumns, toFields } from "@/lib/event-types/queries";
import { mergedColumns, toChangedColumns, toColumns } from "@/lib/event-types/save";
import { isId } from "@/lib/input/id";
import type { InputIssue } from "@/lib/input/parse";
import { mergeMeetingOptions } from "@/lib/meetings/options";
import { err, ok, type Result } from "@/lib/result";
import type { Slice } from "@/lib/schedules/queries";
import { spread } from "@/lib/teams/copies";
import { lockTeam } from "@/lib/teams/people";
import type { TeamEventType, TeamEventTypeChange, TeamEventTypeInput } from "@/lib/teams/schema";

type Refused =
  | { code: "forbidden" }
  | { code: "slug_taken" }
  /** The hosts don't fit the team, or the number that is needed. */
  | { code: "invalid_request"; issues: InputIssue[] };
type NotFound = { code: "not_found" };

const hostColumns = { userId: true, kind: true, weight: true, priority: true, scheduleId: true } as const;

const columns = {
  ...eventTypeColumns,
  rotatingHosts: true,
  hostChoice: true,
  onReschedule: true,
  hostDeclines: true,
  hosts: { select: hostColumns, orderBy: [{ position: "asc" }, { userId: "asc" }] },
} satisfies Prisma.EventTypeSelect;

type Row = Prisma.EventTypeGetPayload<{ select: typeof columns }>;

function toTeamEventType(whole: Row): TeamEventType {
  const { hosts, rotatingHosts, hostChoice, onReschedule, hostDeclines, ...row } = whole;
  return {
    ...toFields(row),
    rotatingHosts,
    hostChoice,
    onReschedule,
    hostDeclines,
    hosts: hosts.map(({ scheduleId, ...host }) => ({
      ...host,
      ...(scheduleId === null ? {} : { scheduleId }),
    })),
  };
}

/** What someone sees of a team's event types: all, or those they host. */
const visibleTo = ({ teamId, manages, readerId }: TeamScope) => ({
  teamId,
  isAdHoc: false,
  ...(manages ? {} : { hosts: { some: { userId: readerId } } }),
});

/** A team's event types as its reader may see them, oldest first, hidden ones too. */
export async function listTeamEventTypes(
  scope: TeamScope,
  { after, take }: Slice = {},
): Promise<TeamEventType[]> {
  const rows = await db().eventType.findMany({
    where: { ...visibleTo(scope), ...(after ? { id: { gt: after } } : {}) },
    orderBy: { id: "asc" },
    select: columns,
    ...(take ? { take } : {}),
  });
  return rows.map(toTeamEventType);
}

/** One of them; null also for an id that is none. */
export async function getTeamEventType(scope: TeamScope, id: string): Promise<TeamEventType | null> {
  if (!isId(id)) return null;
  const row = await db().eventType.findFirst({ where: { id, ...visibleTo(scope) }, select: columns });
  return row && toTeamEventType(row);
}

/** Adds an event type to the team's, or finds the one that the request of this key has added. */
export async function createTeamEventType(
  scope: TeamScope,
  { hosts, rotatingHosts, ...input }: TeamEventTypeInput,
  requestKey: string = randomUUID(),
): Promise<Result<TeamEventType, Refused | NotFound>> {
  if (!scope.manages) return err("forbidden");
  const { teamId } = scope;
  return refusedByDatabase(() =>
    madeOnce<Result<TeamEventType, Refused | NotFound>>(
      async () => {
        const row = await db().eventType.findUnique({ where: { requestKey, teamId }, select: columns });
        return row && ok(toTeamEventType(row));
      },
      () =>
        db().$transaction(async (tx): Promise<Result<TeamEventType, Refused | NotFound>> => {
          if (!(await lockTeam(tx, teamId))) return err("not_found");
          const needed = neededBy(hosts, 0, rotatingHosts);
          const issues = await checkHosts(tx, teamId, hosts, needed);
          if (issues.length > 0) return err("invalid_request", { issues });
          const data = {
            ...toColumns(input),
            meetingOptions: { ...mergeMeetingOptions(input.meetingOptions) },
            teamId,
            requestKey,
            rotatingHosts: needed,
            hosts: { create: toRows(teamId, hosts) },
          } as Prisma.EventTypeUncheckedCreateInput;
          return ok(toTeamEventType(await tx.eventType.create({ data, select: columns })));
        }),
    ),
  );
}

/** Changes what is given and leaves the rest. Bookings made before keep their hosts. */
export async function changeTeamEventType(
  scope: TeamScope,
  id: string,
  { hosts, rotatingHosts, hostChoice, onReschedule, hostDeclines, ...change }: TeamEventTypeChange,
): Promise<Result<TeamEventType, Refused | NotFound>> {
  if (!scope.manages) return err("forbidden");
  if (!isId(id)) return err("not_found");
  const { teamId } = scope;
  return refusedByDatabase(() =>
    db().$transaction(async (tx): Promise<Result<TeamEventType, Refused | NotFound>> => {
      if (!(await lockTeam(tx, teamId))) return err("not_found");
      const stored = await tx.eventType.findFirst({
        where: { id, teamId, isAdHoc: false },
        select: { ...mergedColumns, rotatingHosts: true, hosts: { select: hostColumns } },
      });
      if (!stored) return err("not_found");
      const taking = hosts ?? stored.hosts;
      const needed = neededBy(taking, stored.rotatingHosts, rotatingHosts);
      const issues = await checkHosts(tx, teamId, taking, needed);
      if (issues.length > 0) return err("invalid_request", { issues });
      if (hosts) {
        const userIds = hosts.map(({ userId }) => userId);
        await tx.eventTypeHost.deleteMany({ where: { eventTypeId: id, userId: { notIn: userIds } } });
        // Whoever stays a host keeps their place in the turns; whoever is new goes on from the others'.
        for (const row of toRows(teamId, hosts)) {
          const { userId } = row;
          await tx.eventTypeHost.upsert({
            where: { eventTypeId_userId: { eventTypeId: id, userId } },
            create: { ...row, eventTypeId: id },
            update: row,
          });
        }
      }
      const data = {
        ...toChangedColumns(id, stored, change),
        rotatingHosts: needed,
        ...(hostChoice ? { hostChoice } : {}),
        ...(onReschedule ? { onReschedule } : {}),
        ...(hostDeclines ? { hostDeclines } : {}),
      } as Prisma.EventTypeUncheckedUpdateInput;
      const row = await tx.eventType.update({ where: { id, teamId }, data, select: columns });
      await spread(tx, id);
      return ok(toTeamEventType(row));
    }),
  );
}

/** Takes an event type away. Its bookings stay and keep their title, times, hosts and links. */
export async function removeTeamEventType(
  scope: TeamScope,
  id: string,
): Promise<Result<null, { code: "forbidden" | "not_found" }>> {
  if (!scope.manages) return err("forbidden");
  if (!isId(id)) return err("not_found");
  const { count } = await db().eventType.deleteMany({
    where: { id, teamId: scope.teamId, isAdHoc: false },
  });
  return count > 0 ? ok(null) : err("not_found");
}

interface Host {
  userId: string;
  kind: HostKind;
  weight: number;
  priority: number;
  scheduleId?: string | null | undefined;
}

function toRows(teamId: string, hosts: readonly Host[]) {
  return hosts.map(({ scheduleId = null, ...host }, position) => ({ ...host, scheduleId, position, teamId }));
}

const countTurning = (hosts: readonly Host[]) => hosts.filter(({ kind }) => kind === "rotating").length;

/**
 * How many who take turns a booking needs: as is asked, or else as many as before, one at least. One is as much as nothing asked where no
 * one takes turns: then it needs none.
 */
function neededBy(hosts: readonly Host[], before: number, asked: number | undefined): number {
  if (countTurning(hosts) === 0) return asked === undefined || asked === 1 ? 0 : asked;
  return asked ?? Math.max(1, before);
}

/** What is wrong with the hosts, each with its place. */
async function checkHosts(
  tx: Tx,
  teamId: string,
  hosts: readonly Host[],
  needed: number,
): Promise<InputIssue[]> {
  const members = await tx.teamMember.findMany({
    where: { teamId, userId: { in: hosts.map(({ userId }) => userId) } },
    select: { userId: true, user: { select: { schedules: { select: { id: true } } } } },
  });
  const schedules = new Map(members.map(({ userId, user }) => [userId, user.schedules.map(({ id }) => id)]));
  const issues = hosts.flatMap(({ userId, scheduleId }, index): InputIssue[] => {
    const own = schedules.get(userId);
    if (!own) return [{ path: `hosts.${index}.userId`, message: "host_not_member", values: {} }];
    if (!scheduleId || own.includes(scheduleId)) return [];
    return [{ path: `hosts.${index}.scheduleId`, message: "host_schedule", values: {} }];
  });
  const turning = countTurning(hosts);
  if (needed > turning) {
    issues.push({ path: "rotatingHosts", message: "rotating_hosts_many", values: { maximum: turning } });
  }
  if (needed === 0 && turning > 0) {
    issues.push({ path: "rotatingHosts", message: "rotating_hosts_none", values: {} });
  }
  return issues;
}

async function refusedByDatabase<Value>(
  write: () => Promise<Result<Value, Refused | NotFound>>,
): Promise<Result<Value, Refused | NotFound>> {
  try {
    return await write();
  } catch (error) {
    if (isDuplicate(error)) return err("slug_taken");
    // A host's schedule, or a host, went after it was checked.
    if (isReferenced(error)) {
      return err("invalid_request", { issues: [{ path: "hosts", message: "host_schedule", values: {} }] });
    }
    throw error;
  }
}
