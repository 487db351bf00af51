import { withPublicBooking } from "@/lib/api/booking-answers";
import { runningLateEndpoint } from "@/lib/api/endpoints/bookings";
import { route } from "@/lib/api/route";
import { serve } from "@/lib/api/serve";
import { sendLateNotice } from "@/lib/notifications/running-late";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route(
  serve(runningLateEndpoint, ({ params, body: { minutes } }) =>
    withPublicBooking(params.token, ({ id }) => sendLateNotice({ bookingId: id, by: "visitor", minutes })),
  ),
);
