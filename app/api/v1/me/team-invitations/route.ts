import { listTeamInvitationsEndpoint, toApiInvitation } from "@/lib/api/endpoints/teams";
import { pageAmong } from "@/lib/api/page";
import { route } from "@/lib/api/route";
import { serve } from "@/lib/api/serve";
import { ok } from "@/lib/result";
import { listTeamInvitations } from "@/lib/teams/invitations";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route(
  serve(listTeamInvitationsEndpoint, async ({ organizer, query }) => {
    const invitations = await listTeamInvitations(organizer.scope);
    return ok(pageAmong(invitations.map(toApiInvitation), query, ({ id }) => id));
  }),
);
