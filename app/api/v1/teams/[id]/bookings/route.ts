import { pageOfBookings } from "@/lib/api/bookings-page";
import { listTeamBookingsEndpoint } from "@/lib/api/endpoints/teams";
import { route } from "@/lib/api/route";
import { serve } from "@/lib/api/serve";
import { listTeamBookings } from "@/lib/booking-record/queries";
import { ok } from "@/lib/result";
import { inTeam } from "@/lib/teams/scope";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route(
  serve(listTeamBookingsEndpoint, ({ organizer, params, query: { host, ...query } }) =>
    inTeam(organizer, params.id, async (team) =>
      ok(
        await pageOfBookings(organizer.scope, query, (filter) => listTeamBookings(team, { ...filter, host })),
      ),
    ),
  ),
);
