import { createBookingEndpoint, toBookProblem, toPublicBooking } from "@/lib/api/endpoints/bookings";
import { route } from "@/lib/api/route";
import { serve } from "@/lib/api/serve";
import { book } from "@/lib/booking/book";
import { getBookingByToken } from "@/lib/booking/queries";
import { err, ok } from "@/lib/result";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route(
  serve(createBookingEndpoint, async ({ body, requestKey }) => {
    const booked = await book(body, requestKey ? { requestKey } : {});
    if (!booked.ok) return { ok: false, error: toBookProblem(booked.error) };
    const view = await getBookingByToken(booked.value.token);
    return view ? ok(toPublicBooking(view, booked.value.token)) : err("not_found");
  }),
);
