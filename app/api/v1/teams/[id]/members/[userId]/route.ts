import { changeMemberEndpoint, removeMemberEndpoint, toRemoveProblem } from "@/lib/api/endpoints/teams";
import { route } from "@/lib/api/route";
import { serve } from "@/lib/api/serve";
import { changeMember, removeMember } from "@/lib/teams/members";
import { inTeam } from "@/lib/teams/scope";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route(
  serve(changeMemberEndpoint, ({ organizer, params, body }) =>
    inTeam(organizer, params.id, (team) => changeMember(team, params.userId, body)),
  ),
  serve(removeMemberEndpoint, async ({ organizer, params, query }) => {
    const removed = await inTeam(organizer, params.id, (team) => removeMember(team, params.userId, query));
    return removed.ok ? removed : { ok: false, error: toRemoveProblem(removed.error) };
  }),
);
