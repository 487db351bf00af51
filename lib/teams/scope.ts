import type { OwnerScope } from "@/lib/auth/owner-scope";
import { type TeamScope, teamScopeOf } from "@/lib/auth/team-scope";
import { db } from "@/lib/database/client";
import { isId } from "@/lib/input/id";
import { err, type Result } from "@/lib/result";

/** Who asks, as guards and API keys know them. */
export interface TeamReader {
  scope: OwnerScope;
  /** At the platform. */
  role: "organizer" | "admin";
}

/** What someone may do in a team; null where there is no such team, or they have no part in it. */
export async function findTeamScope(
  { scope: { ownerId }, role }: TeamReader,
  teamId: string,
): Promise<TeamScope | null> {
  if (!isId(teamId)) return null;
  const team = await db().team.findUnique({
    where: { id: teamId },
    select: { members: { where: { userId: ownerId }, select: { role: true } } },
  });
  const [member] = team?.members ?? [];
  if (member) return teamScopeOf(teamId, ownerId, member.role);
  return team && role === "admin" ? teamScopeOf(teamId, ownerId, null) : null;
}

/** Does something in a team, or finds none that the reader has a part in. */
export async function inTeam<Value, Failure extends { code: string }>(
  reader: TeamReader,
  teamId: string,
  act: (scope: TeamScope) => Promise<Result<Value, Failure>>,
): Promise<Result<Value, Failure | { code: "not_found" }>> {
  const scope = await findTeamScope(reader, teamId);
  return scope ? act(scope) : err("not_found");
}
