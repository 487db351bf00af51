import { pageOfBookings } from "@/lib/api/bookings-page";
import { listOwnBookingsEndpoint } from "@/lib/api/endpoints/bookings";
import { route } from "@/lib/api/route";
import { serve } from "@/lib/api/serve";
import { listBookings } from "@/lib/booking-record/queries";
import { ok } from "@/lib/result";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route(
  serve(listOwnBookingsEndpoint, async ({ organizer: { scope }, query }) =>
    ok(await pageOfBookings(scope, query, (filter) => listBookings(scope, filter))),
  ),
);
