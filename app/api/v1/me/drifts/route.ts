import { listDriftsEndpoint, toApiDrift } from "@/lib/api/endpoints/drifts";
import { route } from "@/lib/api/route";
import { serve } from "@/lib/api/serve";
import { listDrifts } from "@/lib/calendar-sync/drift";
import { ok } from "@/lib/result";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route(
  serve(listDriftsEndpoint, async ({ organizer, query }) => {
    const drifts = await listDrifts(organizer.scope, query.bookingId);
    return ok({ items: drifts.map(toApiDrift), nextCursor: null });
  }),
);
