import { createEventTypeEndpoint, listEventTypesEndpoint } from "@/lib/api/endpoints/event-types";
import { sliceOf, toPage } from "@/lib/api/page";
import { route } from "@/lib/api/route";
import { serve } from "@/lib/api/serve";
import { listEventTypes } from "@/lib/event-types/queries";
import { createEventType } from "@/lib/event-types/save";
import { wholeKeyOf } from "@/lib/input/request-identity";
import { ok } from "@/lib/result";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route(
  serve(listEventTypesEndpoint, async ({ organizer, query }) =>
    ok(toPage(await listEventTypes(organizer.scope, sliceOf(query)), query.limit, ({ id }) => id)),
  ),
  serve(createEventTypeEndpoint, ({ organizer, body, identity }) =>
    createEventType(organizer.scope, body, identity && wholeKeyOf(identity)),
  ),
);
