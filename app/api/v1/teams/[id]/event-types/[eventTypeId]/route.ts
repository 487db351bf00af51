import {
  changeTeamEventTypeEndpoint,
  getTeamEventTypeEndpoint,
  removeTeamEventTypeEndpoint,
  toSaved,
} from "@/lib/api/endpoints/teams";
import { route } from "@/lib/api/route";
import { found, serve } from "@/lib/api/serve";
import { changeTeamEventType, getTeamEventType, removeTeamEventType } from "@/lib/teams/event-types";
import { inTeam } from "@/lib/teams/scope";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route(
  serve(getTeamEventTypeEndpoint, ({ organizer, params }) =>
    inTeam(organizer, params.id, async (team) => found(await getTeamEventType(team, params.eventTypeId))),
  ),
  serve(changeTeamEventTypeEndpoint, ({ organizer, params, body }) =>
    inTeam(organizer, params.id, async (team) =>
      toSaved(await changeTeamEventType(team, params.eventTypeId, body)),
    ),
  ),
  serve(removeTeamEventTypeEndpoint, ({ organizer, params }) =>
    inTeam(organizer, params.id, (team) => removeTeamEventType(team, params.eventTypeId)),
  ),
);
