import {
  changeTeamEndpoint,
  getTeamEndpoint,
  removeTeamEndpoint,
  toSaved,
  withBrand,
} from "@/lib/api/endpoints/teams";
import { route } from "@/lib/api/route";
import { found, serve } from "@/lib/api/serve";
import { inTeam } from "@/lib/teams/scope";
import { changeTeam, getTeam, removeTeam } from "@/lib/teams/teams";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route(
  serve(getTeamEndpoint, ({ organizer, params }) =>
    inTeam(organizer, params.id, async (team) => withBrand(found(await getTeam(team)))),
  ),
  serve(changeTeamEndpoint, ({ organizer, params, body }) =>
    inTeam(organizer, params.id, async (team) => toSaved(await withBrand(await changeTeam(team, body)))),
  ),
  serve(removeTeamEndpoint, ({ organizer, params }) => inTeam(organizer, params.id, removeTeam)),
);
