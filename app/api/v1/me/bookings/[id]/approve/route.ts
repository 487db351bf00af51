import { withOwnBooking } from "@/lib/api/booking-answers";
import { approveBookingEndpoint } from "@/lib/api/endpoints/bookings";
import { route } from "@/lib/api/route";
import { serve } from "@/lib/api/serve";
import { decideBooking } from "@/lib/booking/decide";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route(
  serve(approveBookingEndpoint, ({ organizer, params }) =>
    withOwnBooking(organizer.scope, params.id, ({ id }) =>
      decideBooking({ bookingId: id, scope: organizer.scope, decision: "approve" }),
    ),
  ),
);
