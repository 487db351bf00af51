import { withOwnBooking } from "@/lib/api/booking-answers";
import { ownRunningLateEndpoint } from "@/lib/api/endpoints/bookings";
import { route } from "@/lib/api/route";
import { serve } from "@/lib/api/serve";
import { sendLateNotice } from "@/lib/notifications/running-late";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route(
  serve(ownRunningLateEndpoint, ({ organizer, params, body: { minutes } }) =>
    withOwnBooking(organizer.scope, params.id, ({ id }) =>
      sendLateNotice({ bookingId: id, by: "organizer", minutes }),
    ),
  ),
);
