"use server";

import { revalidatePath } from "next/cache";
import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { z } from "zod";
import { clientAddress } from "@/lib/auth/client-address";
import { consume } from "@/lib/auth/rate-limit";
import { getBookingByToken } from "@/lib/booking-record/queries";
import { mailNewLink } from "@/lib/notifications/replaced-links";
import { lateChoices, sendLateNotice } from "@/lib/notifications/running-late";
import { anyone, buttonAction } from "@/lib/reader/action";

/** The visitor tells that they are late. The page that comes back shows what became of it. */
export const visitorIsLate = buttonAction({
  guard: anyone,
  schema: z.object({ token: z.string(), minutes: z.coerce.number().pipe(z.literal([...lateChoices])) }),
  async run({ token, minutes }) {
    const allowance = await consume("visitorChange", clientAddress(await headers()));
    const booking = allowance.ok ? await getBookingByToken(token) : null;
    if (booking) await sendLateNotice({ bookingId: booking.id, by: "visitor", minutes });
    revalidatePath(`/booking/${token}`);
  },
});

/** Mails the link that took the place of this one to the visitor. What comes back is the same whether or not it did. */
export const sendNewLink = buttonAction({
  guard: anyone,
  schema: z.object({ token: z.string().max(200) }),
  async run({ token }) {
    const allowance = await consume("visitorChange", clientAddress(await headers()));
    if (allowance.ok) await mailNewLink(token);
    redirect(`/booking/${encodeURIComponent(token)}?sent=1`);
  },
});
