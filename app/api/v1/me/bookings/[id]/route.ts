import { getOwnBookingEndpoint } from "@/lib/api/endpoints/bookings";
import { route } from "@/lib/api/route";
import { found, serve } from "@/lib/api/serve";
import { toOwnBooking } from "@/lib/booking-record/own-booking";
import { getOwnBooking } from "@/lib/booking-record/queries";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route(
  serve(getOwnBookingEndpoint, async ({ organizer: { scope }, params }) => {
    const booking = await getOwnBooking(scope, params.id);
    return found(booking && toOwnBooking(booking));
  }),
);
