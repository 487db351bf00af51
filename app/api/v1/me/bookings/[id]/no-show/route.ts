import { withOwnBooking } from "@/lib/api/booking-answers";
import { noShowEndpoint } from "@/lib/api/endpoints/bookings";
import { route } from "@/lib/api/route";
import { serve } from "@/lib/api/serve";
import { setNoShow } from "@/lib/booking/no-show";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route(
  serve(noShowEndpoint, ({ organizer, params, body }) =>
    withOwnBooking(organizer.scope, params.id, ({ id }) =>
      setNoShow({ bookingId: id, scope: organizer.scope, noShow: body.noShow }),
    ),
  ),
);
