import { changeCopiesEndpoint, getCopiesEndpoint, toApiCopies, toSaved } from "@/lib/api/endpoints/teams";
import { route } from "@/lib/api/route";
import { found, serve } from "@/lib/api/serve";
import { ok } from "@/lib/result";
import { changeCopies, getCopies } from "@/lib/teams/copies";
import { inTeam } from "@/lib/teams/scope";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route(
  serve(getCopiesEndpoint, ({ organizer, params }) =>
    inTeam(organizer, params.id, async (team) => {
      const copies = found(await getCopies(team, params.eventTypeId));
      return copies.ok ? ok(toApiCopies(copies.value)) : copies;
    }),
  ),
  serve(changeCopiesEndpoint, ({ organizer, params, body }) =>
    inTeam(organizer, params.id, async (team) => {
      const { whenHolderLeaves, ...change } = body;
      const copiesStay = whenHolderLeaves && { copiesStay: whenHolderLeaves === "keep" };
      const saved = toSaved(await changeCopies(team, params.eventTypeId, { ...change, ...copiesStay }));
      if (!saved.ok) return saved;
      const copies = found(await getCopies(team, params.eventTypeId));
      return copies.ok ? ok(toApiCopies(copies.value)) : copies;
    }),
  ),
);
