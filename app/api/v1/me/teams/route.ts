import { createTeamEndpoint, listTeamsEndpoint, withBrand, withBrands } from "@/lib/api/endpoints/teams";
import { pageAmong } from "@/lib/api/page";
import { route } from "@/lib/api/route";
import { serve } from "@/lib/api/serve";
import { wholeKeyOf } from "@/lib/input/request-identity";
import { ok } from "@/lib/result";
import { createTeam, listTeams } from "@/lib/teams/teams";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route(
  serve(listTeamsEndpoint, async ({ organizer, query }) => {
    const { items, nextCursor } = pageAmong(await listTeams(organizer.scope), query, ({ id }) => id);
    return ok({ items: await withBrands(items), nextCursor });
  }),
  serve(createTeamEndpoint, async ({ organizer, body, identity }) =>
    withBrand(await createTeam(organizer.scope, body, identity && wholeKeyOf(identity))),
  ),
);
