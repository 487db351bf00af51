import { revokeBookingLinkEndpoint } from "@/lib/api/endpoints/booking-links";
import { route } from "@/lib/api/route";
import { serve } from "@/lib/api/serve";
import { revokeBookingLink } from "@/lib/booking/booking-links";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route(
  serve(revokeBookingLinkEndpoint, ({ organizer, params }) =>
    revokeBookingLink(organizer.scope, params.linkId),
  ),
);
