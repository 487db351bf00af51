import { acceptTeamInvitationEndpoint, withBrand } from "@/lib/api/endpoints/teams";
import { route } from "@/lib/api/route";
import { serve } from "@/lib/api/serve";
import { acceptTeamInvitation } from "@/lib/teams/invitations";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route(
  serve(acceptTeamInvitationEndpoint, async ({ organizer, params }) =>
    withBrand(await acceptTeamInvitation(organizer.scope, params)),
  ),
);
