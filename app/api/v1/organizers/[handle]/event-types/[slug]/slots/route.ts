import { listSlotsEndpoint } from "@/lib/api/endpoints/slots";
import { toFieldErrors, toInstants } from "@/lib/api/problem";
import { route } from "@/lib/api/route";
import { serve } from "@/lib/api/serve";
import { listOfferedSlots } from "@/lib/availability/slots";
import { getPageOffer } from "@/lib/booking-page/offers";
import { err, ok } from "@/lib/result";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route(
  serve(listSlotsEndpoint, async ({ params, query }) => {
    const offer = await getPageOffer(params.handle, params.slug);
    if (!offer) return err("not_found");
    const { durationsMinutes } = offer.eventType;
    const durationMinutes = query.durationMinutes ?? durationsMinutes[0] ?? 0;
    if (!durationsMinutes.includes(durationMinutes)) {
      const issue = { path: "durationMinutes", message: "duration_unknown", values: {} };
      return err("invalid_request", { errors: toFieldErrors([issue]) });
    }
    const { slots, calendarAsOf } = await listOfferedSlots(offer, { ...query, durationMinutes });
    return ok({
      timeZone: query.timeZone,
      slots: slots.map(toInstants),
      calendarAsOf: calendarAsOf?.toISOString() ?? null,
    });
  }),
);
