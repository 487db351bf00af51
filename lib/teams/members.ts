import type { z } from "zod";
import { record } from "@/lib/audit/record";
import type { TeamRole, TeamScope } from "@/lib/auth/team-scope";
import { handOverTogether } from "@/lib/booking/hand-over";
import { lockHosts } from "@/lib/booking-record/organizer-lock";
import { holdingStatuses } from "@/lib/booking-record/policy";
import { db, type Tx } from "@/lib/database/client";
import { isId } from "@/lib/input/id";
import type { InputIssue } from "@/lib/input/parse";
import { err, ok, type Result } from "@/lib/result";
import { endCopiesOf } from "@/lib/teams/copies";
import { isInvited, withdraw } from "@/lib/teams/invitations";
import { sendRemovedFromTeam, sendRoleChanged, sendTeamNews } from "@/lib/teams/mails/team-letters";
import { holder, isLastOwner, lockTeam, managersOf } from "@/lib/teams/people";
import type { Member, memberChange } from "@/lib/teams/schema";

type Forbidden = { code: "forbidden" };
type NotFound = { code: "not_found" };
type LastOwner = { code: "last_owner" };

/** A booking that no one can take over. */
export interface StrandedBooking {
  id: string;
  title: string;
  startsAt: Date;
  visitorName: string;
}

/** Who is in a team, in the order in which they joined, then who is invited. */
export async function listMembers({ teamId }: TeamScope): Promise<Member[]> {
  const now = new Date();
  const [members, invitations] = await Promise.all([
    db().teamMember.findMany({
      where: { teamId },
      select: { userId: true, role: true, user: { select: { name: true, email: true } } },
      orderBy: [{ joinedAt: "asc" }, { userId: "asc" }],
    }),
    db().teamInvitation.findMany({
      where: { teamId, ...isInvited(now) },
      select: { id: true, email: true, role: true, userId: true, user: { select: { name: true } } },
      orderBy: { id: "asc" },
    }),
  ]);
  return [
    ...members.map(({ userId, role, user }) => ({ userId, ...user, role, status: "active" as const })),
    ...invitations.map(({ id, email, role, userId, user }) => {
      return { userId, name: user?.name ?? null, email, role, status: "invited" as const, invitationId: id };
    }),
  ];
}

/** One of them; null: neither a member nor invited. */
async function getMember(scope: TeamScope, id: string): Promise<Member | null> {
  const members = await listMembers(scope);
  return members.find(({ userId, invitationId }) => userId === id || invitationId === id) ?? null;
}

/** Whether someone may change a person of that role into another. Only owners make and unmake owners. */
const mayChange = (scope: TeamScope, from: TeamRole, to: TeamRole) =>
  scope.manages && (scope.owns || (from !== "owner" && to !== "owner"));

/** Gives a member, or someone invited, another role. The last owner stays one. */
export async function changeMember(
  scope: TeamScope,
  id: string,
  { role }: z.output<typeof memberChange>,
): Promise<Result<Member, Forbidden | NotFound | LastOwner>> {
  const refusal = await db().$transaction((tx) => writeRole(tx, scope, id, role));
  if (refusal) return err(refusal);
  const member = await getMember(scope, id);
  return member ? ok(member) : err("not_found");
}

async function writeRole(tx: Tx, scope: TeamScope, id: string, role: TeamRole) {
  const { teamId } = scope;
  if (!isId(id) || !(await lockTeam(tx, teamId))) return "not_found";
  const member = await tx.teamMember.findUnique({
    where: { teamId_userId: { teamId, userId: id } },
    select: { role: true, user: { select: holder }, team: { select: { id: true, name: true } } },
  });
  if (!member) return writeInvitedRole(tx, scope, id, role);
  if (!mayChange(scope, member.role, role)) return "forbidden";
  if (member.role === role) return null;
  if (await isLastOwner(tx, teamId, id)) return "last_owner";
  await tx.teamMember.update({ where: { teamId_userId: { teamId, userId: id } }, data: { role } });
  await record(tx, { action: "team.role_changed", accountId: id, details: { team: member.team.name, role } });
  if (id !== scope.readerId) {
    await sendRoleChanged(tx, member.user, { team: member.team, by: await nameOf(tx, scope.readerId), role });
  }
  return null;
}

async function writeInvitedRole(tx: Tx, scope: TeamScope, id: string, role: TeamRole) {
  const invited = { teamId: scope.teamId, OR: [{ id }, { userId: id }] };
  const invitation = await tx.teamInvitation.findFirst({ where: invited, select: { role: true } });
  if (!invitation) return "not_found";
  if (!mayChange(scope, invitation.role, role)) return "forbidden";
  await tx.teamInvitation.updateMany({ where: invited, data: { role } });
  return null;
}

export type RemoveRefused =
  | Forbidden
  | NotFound
  | LastOwner
  | { code: "invalid_request"; issues: InputIssue[] }
  | { code: "no_successor"; bookings: StrandedBooking[] };

/** Whom a member's bookings to come go to; left out: whoever's turn it is. */
interface Succession {
  successor?: string | undefined;
}

/**
 * Takes someone out of a team, or lets them leave; an invitation is taken back. From then on no one can book them there, and their
 * bookings to come are handed over in the same transaction: all of them, or nothing is changed. The last owner stays.
 */
export async function removeMember(
  scope: TeamScope,
  id: string,
  { successor }: Succession = {},
): Promise<Result<null, RemoveRefused>> {
  if (!isId(id)) return err("not_found");
  if (successor !== undefined && !(await isSuccessor(scope, id, successor))) {
    const issue = { path: "successor", message: "successor_unknown", values: {} };
    return err("invalid_request", { issues: [issue] });
  }
  for (;;) {
    const bookings = await listUpcoming(db(), scope.teamId, id);
    const refusal = await refuseToRemove(db(), scope, id);
    if (refusal) return { ok: false, error: refusal };
    const handovers = bookings.map(({ id: bookingId }) => {
      return { bookingId, by: "rule", from: id, to: successor } as const;
    });
    try {
      let outcome: Result<null, RemoveRefused> = ok(null);
      const together = await handOverTogether(handovers, async (tx) => {
        outcome = await remove(tx, scope, id);
        if (!outcome.ok) throw new NotRemoved(outcome.error);
      });
      if (together.ok) return outcome;
      const stranded = new Set(together.error.refused.map(({ bookingId }) => bookingId));
      return err("no_successor", { bookings: bookings.filter((one) => stranded.has(one.id)) });
    } catch (error) {
      if (!(error instanceof NotRemoved)) throw error;
      // Someone has booked them meanwhile.
      if (error.refusal.code !== "no_successor") return { ok: false, error: error.refusal };
    }
  }
}

class NotRemoved extends Error {
  constructor(readonly refusal: RemoveRefused) {
    super("A member was not removed.");
  }
}

async function isSuccessor({ teamId }: TeamScope, id: string, successor: string): Promise<boolean> {
  if (!isId(successor) || successor === id) return false;
  return (await db().teamMember.count({ where: { teamId, userId: successor } })) > 0;
}

/** Before anything is handed over; null: they may be removed, or are no member. */
async function refuseToRemove(tx: Tx, scope: TeamScope, id: string): Promise<Forbidden | LastOwner | null> {
  const { teamId, readerId } = scope;
  const member = await tx.teamMember.findUnique({
    where: { teamId_userId: { teamId, userId: id } },
    select: { role: true },
  });
  if (!member) return null;
  if (id !== readerId && !mayChange(scope, member.role, "member")) return { code: "forbidden" };
  return (await isLastOwner(tx, teamId, id)) ? { code: "last_owner" } : null;
}

async function remove(tx: Tx, scope: TeamScope, id: string): Promise<Result<null, RemoveRefused>> {
  const { teamId, readerId } = scope;
  const isLeaving = id === readerId;
  // Who books them meanwhile waits, and finds them gone.
  await lockHosts(tx, [id]);
  if (!(await lockTeam(tx, teamId))) return err("not_found");
  const member = await tx.teamMember.findUnique({
    where: { teamId_userId: { teamId, userId: id } },
    select: { user: { select: holder }, team: { select: { id: true, name: true } } },
  });
  if (!member) return takeBack(tx, scope, id);
  const refusal = await refuseToRemove(tx, scope, id);
  if (refusal) return { ok: false, error: refusal };
  const bookings = await listUpcoming(tx, teamId, id);
  if (bookings.length > 0) return err("no_successor", { bookings });
  await endCopiesOf(tx, teamId, id);
  await tx.teamMember.delete({ where: { teamId_userId: { teamId, userId: id } } });
  await needNoMoreThanThereAre(tx, teamId);
  const { team, user } = member;
  await record(tx, { action: "team.left", accountId: id, details: { team: team.name } });
  if (!isLeaving) {
    await sendRemovedFromTeam(tx, user, { team, by: await nameOf(tx, readerId) });
  } else {
    for (const manager of await managersOf(tx, teamId)) {
      await sendTeamNews(tx, manager, { team, who: user.name, what: "left" });
    }
  }
  return ok(null);
}

async function takeBack(tx: Tx, scope: TeamScope, id: string): Promise<Result<null, Forbidden | NotFound>> {
  const invited = { teamId: scope.teamId, OR: [{ id }, { userId: id }] };
  const invitation = await tx.teamInvitation.findFirst({ where: invited, select: { role: true } });
  if (!invitation) return err("not_found");
  if (!mayChange(scope, invitation.role, "member")) return err("forbidden");
  await withdraw(tx, invited);
  return ok(null);
}

/** The team's bookings to come that a member takes part in, as far as the reader may see them. */
export function listUpcomingOf(scope: TeamScope, userId: string): Promise<StrandedBooking[]> {
  const isVisible = scope.seesOnly === null || scope.seesOnly === userId;
  return isVisible ? listUpcoming(db(), scope.teamId, userId) : Promise.resolve([]);
}

async function listUpcoming(tx: Tx, teamId: string, userId: string): Promise<StrandedBooking[]> {
  return tx.booking.findMany({
    where: {
      teamId,
      status: { in: [...holdingStatuses] },
      endsAt: { gt: new Date() },
      hosts: { some: { userId } },
    },
    select: { id: true, title: true, startsAt: true, visitorName: true },
    // The seats of one meeting go together.
    distinct: ["meetingId"],
    orderBy: [{ startsAt: "asc" }, { id: "asc" }],
  });
}

/** An event type that needs more hosts than take turns in it would offer nothing. */
async function needNoMoreThanThereAre(tx: Tx, teamId: string): Promise<void> {
  await tx.$executeRaw`
    UPDATE "EventType" e SET "rotatingHosts" = there.count
    FROM (SELECT o.id, (SELECT count(*)::int FROM "EventTypeHost" h WHERE h."eventTypeId" = o.id AND h.kind = 'rotating') AS count
          FROM "EventType" o WHERE o."teamId" = ${teamId}::uuid) there
    WHERE e.id = there.id AND e."rotatingHosts" > there.count`;
}

async function nameOf(tx: Tx, id: string): Promise<string> {
  const { name } = await tx.user.findUniqueOrThrow({ where: { id }, select: { name: true } });
  return name;
}
