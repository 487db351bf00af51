"use server";

import { revalidatePath } from "next/cache";
import { headers } from "next/headers";
import { z } from "zod";
import { clientAddress } from "@/lib/auth/client-address";
import { consume } from "@/lib/auth/rate-limit";
import { getBookingByJoinToken } from "@/lib/booking-record/queries";
import { lateChoices, sendLateNotice } from "@/lib/notifications/running-late";
import { anyone, buttonAction } from "@/lib/reader/action";

/** The visitor, or one of their guests, tells that they are late. */
export const someoneIsLate = buttonAction({
  guard: anyone,
  schema: z.object({ token: z.string(), minutes: z.coerce.number().pipe(z.literal([...lateChoices])) }),
  async run({ token, minutes }) {
    const allowance = await consume("visitorChange", clientAddress(await headers()));
    const booking = allowance.ok ? await getBookingByJoinToken(token) : null;
    if (booking) await sendLateNotice({ bookingId: booking.id, by: "visitor", minutes });
    revalidatePath(`/j/${token}`);
  },
});
