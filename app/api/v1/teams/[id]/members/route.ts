import { inviteMemberEndpoint, listMembersEndpoint } from "@/lib/api/endpoints/teams";
import { pageAmong } from "@/lib/api/page";
import { route } from "@/lib/api/route";
import { serve } from "@/lib/api/serve";
import { ok } from "@/lib/result";
import { inviteMember } from "@/lib/teams/invitations";
import { listMembers } from "@/lib/teams/members";
import { inTeam } from "@/lib/teams/scope";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route(
  serve(listMembersEndpoint, ({ organizer, params, query }) =>
    inTeam(organizer, params.id, async (team) =>
      ok(pageAmong(await listMembers(team), query, (one) => one.invitationId ?? one.userId ?? "")),
    ),
  ),
  serve(inviteMemberEndpoint, ({ organizer, params, body }) =>
    inTeam(organizer, params.id, (team) =>
      inviteMember(team, body, { isPlatformAdmin: organizer.role === "admin" }),
    ),
  ),
);
