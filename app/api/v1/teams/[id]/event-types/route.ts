import { createTeamEventTypeEndpoint, listTeamEventTypesEndpoint, toSaved } from "@/lib/api/endpoints/teams";
import { sliceOf, toPage } from "@/lib/api/page";
import { route } from "@/lib/api/route";
import { serve } from "@/lib/api/serve";
import { wholeKeyOf } from "@/lib/input/request-identity";
import { ok } from "@/lib/result";
import { createTeamEventType, listTeamEventTypes } from "@/lib/teams/event-types";
import { inTeam } from "@/lib/teams/scope";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route(
  serve(listTeamEventTypesEndpoint, ({ organizer, params, query }) =>
    inTeam(organizer, params.id, async (team) =>
      ok(toPage(await listTeamEventTypes(team, sliceOf(query)), query.limit, ({ id }) => id)),
    ),
  ),
  serve(createTeamEventTypeEndpoint, ({ organizer, params, body, identity }) =>
    inTeam(organizer, params.id, async (team) =>
      toSaved(await createTeamEventType(team, body, identity && wholeKeyOf(identity))),
    ),
  ),
);
