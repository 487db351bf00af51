import {
  changeEventTypeEndpoint,
  getEventTypeEndpoint,
  removeEventTypeEndpoint,
} from "@/lib/api/endpoints/event-types";
import { toSaved } from "@/lib/api/endpoints/teams";
import { route } from "@/lib/api/route";
import { found, serve } from "@/lib/api/serve";
import { getEventType } from "@/lib/event-types/queries";
import { changeEventType, removeEventType } from "@/lib/event-types/save";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route(
  serve(getEventTypeEndpoint, async ({ organizer, params }) =>
    found(await getEventType(organizer.scope, params.id)),
  ),
  serve(changeEventTypeEndpoint, async ({ organizer, params, body }) =>
    toSaved(await changeEventType(organizer.scope, params.id, body)),
  ),
  serve(removeEventTypeEndpoint, ({ organizer, params }) => removeEventType(organizer.scope, params.id)),
);
