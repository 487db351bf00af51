import { withOwnBooking } from "@/lib/api/booking-answers";
import { cancelOwnBookingEndpoint } from "@/lib/api/endpoints/bookings";
import { route } from "@/lib/api/route";
import { serve } from "@/lib/api/serve";
import { cancel } from "@/lib/booking/cancel";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route(
  serve(cancelOwnBookingEndpoint, ({ organizer, params, body }) =>
    withOwnBooking(organizer.scope, params.id, ({ id }) =>
      cancel({ bookingId: id, by: "organizer", reason: body.reason }),
    ),
  ),
);
