/** Joining a team: someone who has an account is asked there and by mail, someone without one by mail. */
import type { z } from "zod";
import { record } from "@/lib/audit/record";
import { hashCapability, newCapability } from "@/lib/auth/capability";
import type { OwnerScope } from "@/lib/auth/owner-scope";
import type { TeamScope } from "@/lib/auth/team-scope";
import { env } from "@/lib/config/env";
import { db, type Tx } from "@/lib/database/client";
import type { Prisma } from "@/lib/database/generated/client";
import { isId } from "@/lib/input/id";
import { err, ok, type Result } from "@/lib/result";
import { sendAddedToTeam, sendTeamInvitation, sendTeamNews } from "@/lib/teams/mails/team-letters";
import { holder, lockTeam, managersOf } from "@/lib/teams/people";
import type { Member, memberInput, Team } from "@/lib/teams/schema";

const lifetimeMs = 14 * 24 * 3600 * 1000;

/** What still can be accepted. */
export const isInvited = (now: Date) => ({ expiresAt: { gt: now } });

type Refused = { code: "forbidden" | "not_found" | "already_member" | "too_many_invitations" };

/** A team can't be used to write to everyone. */
const mostInvitations = 100;

/**
 * Invites someone by their address, again where they were invited before: that makes a new link, and the old one leads nowhere. A platform
 * admin puts someone who has an account in at once.
 */
export async function inviteMember(
  scope: TeamScope,
  { email, role }: z.output<typeof memberInput>,
  { isPlatformAdmin, now = new Date() }: { isPlatformAdmin: boolean; now?: Date },
): Promise<Result<Member, Refused>> {
  if (!scope.manages || (role === "owner" && !scope.owns)) return err("forbidden");
  const { teamId, readerId } = scope;
  return db().$transaction(async (tx): Promise<Result<Member, Refused>> => {
    if (!(await lockTeam(tx, teamId))) return err("not_found");
    const team = await tx.team.findUniqueOrThrow({ where: { id: teamId }, select: { id: true, name: true } });
    const by = await tx.user.findUniqueOrThrow({ where: { id: readerId }, select: holder });
    const user = await tx.user.findUnique({
      where: { email },
      select: { ...holder, memberships: { where: { teamId }, select: { role: true } } },
    });
    if (user && user.memberships.length > 0) return err("already_member");
    if (user && isPlatformAdmin) {
      await join(tx, { team, userId: user.id, role, now });
      await sendAddedToTeam(tx, user, { team, by: by.name, role });
      return ok({ userId: user.id, name: user.name, email, role, status: "active" });
    }
    const others = { teamId, email: { not: email }, ...isInvited(now) };
    if ((await tx.teamInvitation.count({ where: others })) >= mostInvitations)
      return err("too_many_invitations");
    await withdraw(tx, { teamId, email });
    const token = newCapability();
    const invitation = {
      role,
      tokenHash: hashCapability(token),
      userId: user?.id ?? null,
      invitedById: readerId,
      expiresAt: new Date(now.getTime() + lifetimeMs),
    };
    const { id } = await tx.teamInvitation.create({
      data: { teamId, email, ...invitation, createdAt: now },
      select: { id: true },
    });
    await record(tx, {
      action: "team.invited",
      ...(user ? { accountId: user.id } : {}),
      subject: email,
      details: { team: team.name, role },
    });
    const url = user ? answerUrl(token) : await openAccount(tx, token, invitation);
    const to = user ?? { name: email, email, locale: by.locale };
    await sendTeamInvitation(tx, to, { team, by: by.name, role, url, hasAccount: user !== null });
    const name = user?.name ?? null;
    return ok({ userId: user?.id ?? null, name, email, role, status: "invited", invitationId: id });
  });
}

const answerPath = (token: string) => `/account/teams/invitations/${token}`;
const answerUrl = (token: string) => `${env().APP_URL}${answerPath(token)}`;

/** The link lets its holder open an account too, and leads on to the invitation. */
async function openAccount(
  tx: Tx,
  token: string,
  {
    tokenHash,
    invitedById,
    expiresAt,
  }: { tokenHash: Uint8Array<ArrayBuffer>; invitedById: string; expiresAt: Date },
): Promise<string> {
  await tx.invitation.create({ data: { tokenHash, createdById: invitedById, expiresAt } });
  const query = new URLSearchParams({ invitation: token, returnTo: answerPath(token) });
  return `${env().APP_URL}/sign-up?${query}`;
}

const shown = {
  id: true,
  role: true,
  createdAt: true,
  expiresAt: true,
  team: { select: { id: true, name: true, handle: true } },
  invitedBy: { select: { name: true } },
} satisfies Prisma.TeamInvitationSelect;

export type TeamInvitation = Prisma.TeamInvitationGetPayload<{ select: typeof shown }>;

/** What the organizer is invited to, newest first. */
export function listTeamInvitations(
  { ownerId: userId }: OwnerScope,
  now = new Date(),
): Promise<TeamInvitation[]> {
  return db().teamInvitation.findMany({
    where: { userId, ...isInvited(now) },
    select: shown,
    orderBy: { id: "desc" },
  });
}

/**
 * The invitation that a mailed link leads the organizer to; null: it was answered, taken back, has run out, is another account's, or never
 * was.
 */
export function findTeamInvitation(
  scope: OwnerScope,
  token: string,
  now = new Date(),
): Promise<TeamInvitation | null> {
  return db().teamInvitation.findFirst({ where: whereOf({ token }, scope, now), select: shown });
}

const byToken = (token: string, now: Date) => ({ tokenHash: hashCapability(token), ...isInvited(now) });

/** How someone knows of an invitation: they were asked in their account, or they have the link. */
export type Invited = { id: string } | { token: string };

const whereOf = (invited: Invited, { ownerId: userId }: OwnerScope, now: Date) =>
  "token" in invited
    ? { ...byToken(invited.token, now), OR: [{ userId: null }, { userId }] }
    : { id: invited.id, userId, ...isInvited(now) };

/** Makes the organizer a member. Who is one already keeps their role. */
export async function acceptTeamInvitation(
  scope: OwnerScope,
  invited: Invited,
  now = new Date(),
): Promise<Result<Team, { code: "not_found" }>> {
  return answer(scope, invited, now, async (tx, { team, role }) => {
    const userId = scope.ownerId;
    const membership = await join(tx, { team, userId, role, now });
    const { allowsAdHoc } = await tx.team.findUniqueOrThrow({
      where: { id: team.id },
      select: { allowsAdHoc: true },
    });
    return { ...team, role: membership.role, allowsAdHoc };
  });
}

/** Says no. The team's owners and admins hear of it, and may ask again. */
export async function declineTeamInvitation(
  scope: OwnerScope,
  invited: Invited,
  now = new Date(),
): Promise<Result<TeamInvitation, { code: "not_found" }>> {
  return answer(scope, invited, now, async (_tx, invitation) => invitation);
}

async function answer<Value extends Team | TeamInvitation>(
  scope: OwnerScope,
  invited: Invited,
  now: Date,
  act: (tx: Tx, invitation: TeamInvitation) => Promise<Value>,
): Promise<Result<Value, { code: "not_found" }>> {
  if ("id" in invited && !isId(invited.id)) return err("not_found");
  return db().$transaction(async (tx): Promise<Result<Value, { code: "not_found" }>> => {
    const found = await tx.teamInvitation.findFirst({ where: whereOf(invited, scope, now), select: shown });
    if (!found || !(await lockTeam(tx, found.team.id))) return err("not_found");
    const { count } = await tx.teamInvitation.deleteMany({ where: whereOf(invited, scope, now) });
    if (count === 0) return err("not_found");
    const value = await act(tx, found);
    const { name: who } = await tx.user.findUniqueOrThrow({ where: { id: scope.ownerId }, select: holder });
    const what = "team" in value ? "declined" : "joined";
    for (const manager of await managersOf(tx, found.team.id)) {
      if (manager.id !== scope.ownerId) await sendTeamNews(tx, manager, { team: found.team, who, what });
    }
    return ok(value);
  });
}

interface Joining {
  team: { id: string; name: string };
  userId: string;
  role: Team["role"] & string;
  now: Date;
}

/** Under the team's lock. */
async function join(tx: Tx, { team, userId, role, now }: Joining) {
  const teamId = team.id;
  await record(tx, { action: "team.joined", accountId: userId, details: { team: team.name, role } });
  await tx.teamInvitation.deleteMany({ where: { teamId, userId } });
  return tx.teamMember.upsert({
    where: { teamId_userId: { teamId, userId } },
    create: { teamId, userId, role, joinedAt: now },
    update: {},
    select: { role: true },
  });
}

/** Takes invitations back, and what their links open besides. Under the team's lock. */
export async function withdraw(tx: Tx, where: Prisma.TeamInvitationWhereInput): Promise<void> {
  const rows = await tx.teamInvitation.findMany({ where, select: { tokenHash: true } });
  if (rows.length === 0) return;
  const tokenHash = { in: rows.map((row) => row.tokenHash) };
  await tx.teamInvitation.deleteMany({ where: { tokenHash } });
  await tx.invitation.deleteMany({ where: { tokenHash, usedAt: null } });
}
