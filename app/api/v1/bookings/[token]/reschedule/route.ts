import { withPublicBooking } from "@/lib/api/booking-answers";
import { rescheduleBookingEndpoint } from "@/lib/api/endpoints/bookings";
import { route } from "@/lib/api/route";
import { serve } from "@/lib/api/serve";
import { reschedule } from "@/lib/booking/reschedule";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route(
  serve(rescheduleBookingEndpoint, ({ params, body }) =>
    withPublicBooking(params.token, ({ id }) =>
      reschedule({
        bookingId: id,
        start: Date.parse(body.start),
        by: "visitor",
        reason: body.reason,
      }),
    ),
  ),
);
