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
    const { id, token, made } = booked.value;
    const view = made ? { id, ...made } : await getBookingByToken(token);
    return view ? ok(toPublicBooking(view, token)) : err("not_found");
  }),
);
