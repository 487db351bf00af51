import { withHandedOver } from "@/lib/api/booking-answers";
import { reassignEndpoint } from "@/lib/api/endpoints/bookings";
import { route } from "@/lib/api/route";
import { serve } from "@/lib/api/serve";
import { handOver } from "@/lib/booking/hand-over";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route(
  serve(reassignEndpoint, ({ organizer, params, body }) =>
    withHandedOver(organizer.scope, params.id, ({ id }) =>
      handOver({ bookingId: id, by: "organizer", ...body }),
    ),
  ),
);
