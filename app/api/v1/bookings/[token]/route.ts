import { getBookingEndpoint, toPublicBooking } from "@/lib/api/endpoints/bookings";
import { route } from "@/lib/api/route";
import { found, serve } from "@/lib/api/serve";
import { getBookingByToken } from "@/lib/booking-record/queries";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route(
  serve(getBookingEndpoint, async ({ params: { token } }) => {
    const view = await getBookingByToken(token);
    return found(view && toPublicBooking(view, token));
  }),
);
