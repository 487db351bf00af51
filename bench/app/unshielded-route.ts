import { createBookingEndpoint, toBookProblem, toPublicBooking } from "@/lib/api/endpoints/bookings";
import { route } from "@/lib/api/route";
import { serve } from "@/lib/api/serve";
import { type Booked, book } from "@/lib/booking/book";
import { firstAnswerOf, recallBooking } from "@/lib/booking/request-memory";
import { err, ok } from "@/lib/result";
import { addressToAsk } from "@/lib/teams/ad-hoc";

async function answerOf(booked: Booked) {
  const view = await firstAnswerOf(booked);
  return view ? ok(toPublicBooking(view, booked.token)) : err("not_found");
}

/** Books as the API does, without a look at who sends it. */
export const { POST } = route(
  serve(
    createBookingEndpoint,
    async ({ body, identity, callerId, address }) => {
      const request = await addressToAsk(body);
      if (!request) return err("not_found");
      const booked = await book(request, {
        by: "organizer",
        ...(identity ? { identity } : {}),
        sender: { organizerId: callerId, address },
      });
      return booked.ok ? answerOf(booked.value) : { ok: false, error: toBookProblem(booked.error) };
    },
    async (identity) => {
      const earlier = await recallBooking(identity);
      return earlier?.ok ? answerOf(earlier.value) : earlier;
    },
  ),
);
