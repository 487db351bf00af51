"use server";

import { notFound, redirect } from "next/navigation";
import { z } from "zod";
import { consume } from "@/lib/auth/rate-limit";
import { cancel } from "@/lib/booking/cancel";
import { cancelRequest } from "@/lib/booking/schema";
import { getBookingByToken } from "@/lib/booking-record/queries";
import { translator } from "@/lib/i18n/translator";
import { anyone, formAction } from "@/lib/reader/action";
import { getLocale } from "@/lib/reader/locale";

/** Cancels the booking behind a visitor's link and leads back to its page, which tells how it stands. */
export const cancelVisit = formAction({
  guard: anyone,
  schema: cancelRequest.extend({ token: z.string() }),
  async run({ token, reason }, { address }) {
    const words = translator("booking", await getLocale());
    const booking = await getBookingByToken(token);
    if (!booking) notFound();
    const allowance = await consume("visitorChange", address);
    if (!allowance.ok) {
      const minutes = Math.ceil(allowance.retryAfterSeconds / 60);
      return { status: "refused", message: words("cancelPage.busyHint", { minutes }) };
    }
    const cancelled = await cancel({ bookingId: booking.id, by: "visitor", reason });
    if (!cancelled.ok && cancelled.error.code === "reason_missing") {
      return { status: "refused", errors: { reason: words("cancelPage.reasonMissing", told(booking)) } };
    }
    // Whatever else came of it, the booking's page says it.
    redirect(`/booking/${token}`);
  },
});

const told = ({ organizer }: { organizer: { name: string } }) => ({ name: organizer.name });
