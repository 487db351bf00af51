"use server";

import { revalidatePath } from "next/cache";
import { z } from "zod";
import { getBookingByJoinToken } from "@/lib/booking-record/queries";
import { lateChoices, sendLateNotice } from "@/lib/notifications/running-late";
import { anyone, buttonAction } from "@/lib/reader/action";

/** The visitor, or one of their guests, tells that they are late. */
export const someoneIsLate = buttonAction({
  guard: anyone,
  limit: "visitorChange",
  schema: z.object({ token: z.string(), minutes: z.coerce.number().pipe(z.literal([...lateChoices])) }),
  async run({ token, minutes }) {
    const booking = await getBookingByJoinToken(token);
    if (booking) await sendLateNotice({ bookingId: booking.id, by: "visitor", minutes });
    revalidatePath(`/j/${token}`);
  },
});
