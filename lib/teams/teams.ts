import { randomUUID } from "node:crypto";
import type { z } from "zod";
import { isHandleTaken } from "@/lib/accounts/handles";
import { lockAccounts } from "@/lib/accounts/lock";
import { record } from "@/lib/audit/record";
import type { OwnerScope } from "@/lib/auth/owner-scope";
import type { TeamScope } from "@/lib/auth/team-scope";
import { prepareChange } from "@/lib/brand/prepare";
import { writeBrand } from "@/lib/brand/save";
import { db } from "@/lib/database/client";
import { madeOnce } from "@/lib/database/made-once";
import type { InputIssue } from "@/lib/input/parse";
import { err, ok, type Result } from "@/lib/result";
import { writeAllowsAdHoc } from "@/lib/teams/ad-hoc";
import { withdraw } from "@/lib/teams/invitations";
import { sendTeamDeleted } from "@/lib/teams/mails/team-letters";
import { holder, lockTeam } from "@/lib/teams/people";
import type { Team, teamChange, teamInput } from "@/lib/teams/schema";

const shown = { id: true, name: true, handle: true, allowsAdHoc: true } as const;

type HandleTaken = { code: "handle_taken" };
type Forbidden = { code: "forbidden" };
type NotFound = { code: "not_found" };
type Invalid = { code: "invalid_request"; issues: InputIssue[] };

/** The teams that someone is a member of, in the order of their names. */
export async function listTeams({ ownerId: userId }: OwnerScope): Promise<Team[]> {
  const rows = await db().teamMember.findMany({
    where: { userId },
    select: { role: true, team: { select: shown } },
    orderBy: [{ team: { name: "asc" } }, { teamId: "asc" }],
  });
  return rows.map(({ role, team }) => ({ ...team, role }));
}

/** One team, as its reader may see it; null once it is gone. */
export async function getTeam({ teamId, role }: TeamScope): Promise<Team | null> {
  const team = await db().team.findUnique({ where: { id: teamId }, select: shown });
  return team && { ...team, role };
}

/**
 * Makes a team of which the organizer is the owner and only member, or finds the one that the request of this key has made.
 * `handle_taken`: an organizer or another team has it.
 */
export async function createTeam(
  { ownerId: userId }: OwnerScope,
  { name, handle }: z.output<typeof teamInput>,
  requestKey: string = randomUUID(),
): Promise<Result<Team, HandleTaken>> {
  const find = () =>
    db().team.findFirst({ where: { requestKey, members: { some: { userId } } }, select: shown });
  const make = () =>
    db().$transaction(async (tx) => {
      await lockAccounts(tx);
      if (await isHandleTaken(tx, handle)) return null;
      const members = { create: { userId, role: "owner" as const } };
      const team = await tx.team.create({ data: { name, handle, requestKey, members }, select: shown });
      await tx.handle.create({ data: { handle, teamId: team.id } });
      await record(tx, { action: "team.made", accountId: userId, details: { team: name, handle } });
      return team;
    });
  // Under the lock a second run of the same request finds its handle taken: by the first.
  const made = (await madeOnce(find, async () => (await make()) ?? (await find()))) ?? null;
  return made ? ok({ ...made, role: "owner" }) : err("handle_taken");
}

/**
 * Changes name, address and looks. A new address moves the public pages; the old one no longer leads to them. `invalid_request`: what is
 * given as a logo is no picture.
 */
export async function changeTeam(
  scope: TeamScope,
  change: z.output<typeof teamChange>,
): Promise<Result<Team, HandleTaken | Forbidden | NotFound | Invalid>> {
  if (!scope.manages) return err("forbidden");
  const { teamId: id } = scope;
  const { handle: current } = (await getTeam(scope)) ?? { handle: "" };
  const looks = change.brand && (await prepareChange(current, change.brand));
  if (looks && !looks.ok) return looks;
  return db().$transaction(async (tx) => {
    await lockAccounts(tx);
    const { handle, allowsAdHoc } = change;
    const holder = handle && (await tx.handle.findUnique({ where: { handle }, select: { teamId: true } }));
    if (holder && holder.teamId !== id) return err("handle_taken");
    if (allowsAdHoc !== undefined) {
      if (!(await lockTeam(tx, id))) return err("not_found");
      await writeAllowsAdHoc(tx, id, allowsAdHoc);
    }
    const [team] = await tx.team.updateManyAndReturn({
      where: { id },
      data: { ...(change.name ? { name: change.name } : {}), ...(handle ? { handle } : {}) },
      select: shown,
    });
    if (!team) return err("not_found");
    if (looks) await writeBrand(tx, scope, looks.value);
    return ok({ ...team, role: scope.role });
  });
}

/** Deletes a team with its pages and event types. Its bookings stay with their hosts, who keep them as their own. */
export async function removeTeam(scope: TeamScope): Promise<Result<null, Forbidden | NotFound>> {
  if (!scope.owns) return err("forbidden");
  const { teamId: id, readerId } = scope;
  return db().$transaction(async (tx) => {
    if (!(await lockTeam(tx, id))) return err("not_found");
    const { name, members } = await tx.team.findUniqueOrThrow({
      where: { id },
      select: { name: true, members: { select: { user: { select: holder } } } },
    });
    await withdraw(tx, { teamId: id });
    await tx.team.delete({ where: { id } });
    await record(tx, { action: "team.deleted", subject: name });
    const { name: by } = await tx.user.findUniqueOrThrow({ where: { id: readerId }, select: { name: true } });
    for (const { user } of members) {
      if (user.id !== readerId) await sendTeamDeleted(tx, user, { team: { name }, by });
    }
    return ok(null);
  });
}
