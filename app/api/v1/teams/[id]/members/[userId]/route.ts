import { changeMemberEndpoint, removeMemberEndpoint } from "@/lib/api/endpoints/teams";
import { route } from "@/lib/api/route";
import { serve } from "@/lib/api/serve";
import { changeMember, removeMember } from "@/lib/teams/members";
import { inTeam } from "@/lib/teams/scope";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route(
  serve(changeMemberEndpoint, ({ organizer, params, body }) =>
    inTeam(organizer, params.id, (team) => changeMember(team, params.userId, body)),
  ),
  serve(removeMemberEndpoint, ({ organizer, params }) =>
    inTeam(organizer, params.id, (team) => removeMember(team, params.userId)),
  ),
);
