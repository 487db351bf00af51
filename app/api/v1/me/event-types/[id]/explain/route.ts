import { explainEndpoint, toExplanation } from "@/lib/api/endpoints/explain";
import { route } from "@/lib/api/route";
import { serve } from "@/lib/api/serve";
import { getOwnOffer } from "@/lib/offers/offer";
import { explainStart, meetingsIn, nameBookings } from "@/lib/offers/troubleshoot";
import { err, ok } from "@/lib/result";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route(
  serve(explainEndpoint, async ({ organizer, params, query }) => {
    const offer = await getOwnOffer(organizer.scope, params.id);
    if (!offer) return err("not_found");
    const durationMinutes = query.durationMinutes ?? offer.eventType.durationsMinutes[0] ?? 0;
    const start = await explainStart(offer, Date.parse(query.at), durationMinutes);
    const bookings = await nameBookings(organizer.scope, meetingsIn(start.reasons));
    const timeZone = query.timeZone ?? offer.timeZone;
    return ok(toExplanation({ offer, start, timeZone, bookings }));
  }),
);
