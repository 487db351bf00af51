"use server";

import { revalidatePath } from "next/cache";
import { redirect } from "next/navigation";
import { z } from "zod";
import { getBookingByToken } from "@/lib/booking-record/queries";
import { mailNewLink } from "@/lib/notifications/replaced-links";
import { lateChoices, sendLateNotice } from "@/lib/notifications/running-late";
import { anyone, buttonAction } from "@/lib/reader/action";

/** The visitor tells that they are late. The page that comes back shows what became of it. */
export const visitorIsLate = buttonAction({
  guard: anyone,
  limit: "visitorChange",
  schema: z.object({ token: z.string(), minutes: z.coerce.number().pipe(z.literal([...lateChoices])) }),
  async run({ token, minutes }) {
    const booking = await getBookingByToken(token);
    if (booking) await sendLateNotice({ bookingId: booking.id, by: "visitor", minutes });
    revalidatePath(`/booking/${token}`);
  },
});

const sentPage = (token = "") => `/booking/${encodeURIComponent(token)}?sent=1`;

/** Mails the link that took the place of this one to the visitor. What comes back is the same whether or not it did. */
export const sendNewLink = buttonAction({
  guard: anyone,
  limit: "visitorChange",
  schema: z.object({ token: z.string().max(200) }),
  async run({ token }) {
    await mailNewLink(token);
    redirect(sentPage(token));
  },
  async refuse(refusal, { token }) {
    if (refusal.code === "rate_limited") redirect(sentPage(token));
  },
});
