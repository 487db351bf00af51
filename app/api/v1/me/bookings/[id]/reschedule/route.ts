import { withOwnBooking } from "@/lib/api/booking-answers";
import { rescheduleOwnBookingEndpoint } from "@/lib/api/endpoints/bookings";
import { route } from "@/lib/api/route";
import { serve } from "@/lib/api/serve";
import { reschedule } from "@/lib/booking/reschedule";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route(
  serve(rescheduleOwnBookingEndpoint, ({ organizer, params, body }) =>
    withOwnBooking(organizer.scope, params.id, ({ id }) =>
      reschedule({
        bookingId: id,
        start: Date.parse(body.start),
        by: "organizer",
        reason: body.reason,
      }),
    ),
  ),
);
