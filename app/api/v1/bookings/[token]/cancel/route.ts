import { withPublicBooking } from "@/lib/api/booking-answers";
import { cancelBookingEndpoint } from "@/lib/api/endpoints/bookings";
import { route } from "@/lib/api/route";
import { serve } from "@/lib/api/serve";
import { cancel } from "@/lib/booking/cancel";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route(
  serve(cancelBookingEndpoint, ({ params, body }) =>
    withPublicBooking(params.token, ({ id }) =>
      cancel({ bookingId: id, by: "visitor", reason: body.reason }),
    ),
  ),
);
