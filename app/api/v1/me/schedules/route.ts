import { createScheduleEndpoint, listSchedulesEndpoint } from "@/lib/api/endpoints/schedules";
import { sliceOf, toPage } from "@/lib/api/page";
import { route } from "@/lib/api/route";
import { serve } from "@/lib/api/serve";
import { wholeKeyOf } from "@/lib/input/request-identity";
import { ok } from "@/lib/result";
import { listSchedules } from "@/lib/schedules/queries";
import { createSchedule } from "@/lib/schedules/save";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route(
  serve(listSchedulesEndpoint, async ({ organizer, query }) =>
    ok(toPage(await listSchedules(organizer.scope, sliceOf(query)), query.limit, ({ id }) => id)),
  ),
  serve(createScheduleEndpoint, ({ organizer, body, identity }) =>
    createSchedule(organizer.scope, body, identity && wholeKeyOf(identity)),
  ),
);
