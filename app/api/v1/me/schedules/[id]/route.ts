import {
  changeScheduleEndpoint,
  getScheduleEndpoint,
  removeScheduleEndpoint,
} from "@/lib/api/endpoints/schedules";
import { route } from "@/lib/api/route";
import { found, serve } from "@/lib/api/serve";
import { getSchedule } from "@/lib/schedules/queries";
import { changeSchedule, removeSchedule } from "@/lib/schedules/save";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route(
  serve(getScheduleEndpoint, async ({ organizer, params }) =>
    found(await getSchedule(organizer.scope, params.id)),
  ),
  serve(changeScheduleEndpoint, ({ organizer, params, body }) =>
    changeSchedule(organizer.scope, params.id, body),
  ),
  serve(removeScheduleEndpoint, ({ organizer, params }) => removeSchedule(organizer.scope, params.id)),
);
