import { declineTeamInvitationEndpoint, toApiInvitation } from "@/lib/api/endpoints/teams";
import { route } from "@/lib/api/route";
import { serve } from "@/lib/api/serve";
import { ok } from "@/lib/result";
import { declineTeamInvitation } from "@/lib/teams/invitations";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route(
  serve(declineTeamInvitationEndpoint, async ({ organizer, params }) => {
    const declined = await declineTeamInvitation(organizer.scope, params);
    return declined.ok ? ok(toApiInvitation(declined.value)) : declined;
  }),
);
