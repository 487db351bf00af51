import { createBookingEndpoint, toBookProblem, toPublicBooking } from "@/lib/api/endpoints/bookings";
import { route } from "@/lib/api/route";
import { serve } from "@/lib/api/serve";
import { book } from "@/lib/booking/book";
import { firstAnswerOf } from "@/lib/booking/request-memory";
import { err, ok } from "@/lib/result";
import { addressToAsk } from "@/lib/teams/ad-hoc";

/** Books as the API does, without a look at who sends it. */
export const { POST } = route(
  serve(createBookingEndpoint, async ({ body }) => {
    const request = await addressToAsk(body);
    if (!request) return err("not_found");
    const booked = await book(request, { by: "organizer" });
    if (!booked.ok) return { ok: false, error: toBookProblem(booked.error) };
    const view = await firstAnswerOf(booked.value);
    return view ? ok(toPublicBooking(view, booked.value.token)) : err("not_found");
  }),
);
