import { listPublicEventTypesEndpoint } from "@/lib/api/endpoints/event-types";
import { sliceOf, toPage } from "@/lib/api/page";
import { route } from "@/lib/api/route";
import { serve } from "@/lib/api/serve";
import { getPublicProfile } from "@/lib/event-types/queries";
import { err, ok } from "@/lib/result";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route(
  serve(listPublicEventTypesEndpoint, async ({ params, query }) => {
    const profile = await getPublicProfile(params.handle, sliceOf(query));
    return profile ? ok(toPage(profile.eventTypes, query.limit, ({ id }) => id)) : err("not_found");
  }),
);
