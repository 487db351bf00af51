/** What a team's public page says of its people. */
import type { TeamScope } from "@/lib/auth/team-scope";
import { db } from "@/lib/database/client";

export interface PublicMember {
  name: string;
  handle: string;
}

/** The members of the team at this address, in the order in which they joined; none where the team doesn't show them. */
export async function listPublicMembers(handle: string): Promise<PublicMember[]> {
  const rows = await db().teamMember.findMany({
    where: { team: { handle: handle.toLowerCase(), showsMembers: true }, user: { disabledAt: null } },
    select: { user: { select: { name: true, handle: true } } },
    orderBy: [{ joinedAt: "asc" }, { userId: "asc" }],
  });
  return rows.map(({ user }) => user);
}

/** Whether a team's page names its members. */
export async function getShowsMembers({ teamId: id }: TeamScope): Promise<boolean> {
  const team = await db().team.findUnique({ where: { id }, select: { showsMembers: true } });
  return team?.showsMembers ?? false;
}

/** Has a team's page name its members, or not. False: only those who manage the team may say so. */
export async function setShowsMembers(scope: TeamScope, showsMembers: boolean): Promise<boolean> {
  if (!scope.manages) return false;
  const { count } = await db().team.updateMany({ where: { id: scope.teamId }, data: { showsMembers } });
  return count > 0;
}
