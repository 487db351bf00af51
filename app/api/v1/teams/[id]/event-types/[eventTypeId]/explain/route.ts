import { explainTeamEndpoint, toJointExplanation } from "@/lib/api/endpoints/explain";
import { route } from "@/lib/api/route";
import { serve } from "@/lib/api/serve";
import { getTeamOffer } from "@/lib/offers/offer";
import { explainHosts, meetingsIn, nameBookings } from "@/lib/offers/troubleshoot";
import { err, ok } from "@/lib/result";
import { inTeam } from "@/lib/teams/scope";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route(
  serve(explainTeamEndpoint, ({ organizer, params, query }) =>
    inTeam(organizer, params.id, async (team) => {
      const offer = await getTeamOffer(team, params.eventTypeId);
      if (!offer) return err("not_found");
      const durationMinutes = query.durationMinutes ?? offer.eventType.durationsMinutes[0] ?? 0;
      const start = await explainHosts(offer, Date.parse(query.at), durationMinutes);
      const reasons = start.hosts.flatMap((host) => host.reasons);
      const bookings = await nameBookings(organizer.scope, meetingsIn(reasons));
      return ok(toJointExplanation({ offer, start, timeZone: query.timeZone ?? offer.timeZone, bookings }));
    }),
  ),
);
