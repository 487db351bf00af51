import { getOwnBookingEndpoint, toBookingInFull } from "@/lib/api/endpoints/bookings";
import { route } from "@/lib/api/route";
import { found, serve } from "@/lib/api/serve";
import { getAttendance } from "@/lib/booking/attendance";
import { getOwnBooking } from "@/lib/booking-record/queries";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route(
  serve(getOwnBookingEndpoint, async ({ organizer: { scope }, params }) => {
    const booking = await getOwnBooking(scope, params.id);
    return found(booking && toBookingInFull(booking, await getAttendance(scope, booking.id)));
  }),
);
