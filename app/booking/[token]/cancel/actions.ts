"use server";

import { notFound, redirect } from "next/navigation";
import { z } from "zod";
import { cancel } from "@/lib/booking/cancel";
import { cancelRequest } from "@/lib/booking/schema";
import { getBookingByToken } from "@/lib/booking-record/queries";
import { translator } from "@/lib/i18n/translator";
import { anyone, formAction } from "@/lib/reader/action";

/** Cancels the booking behind a visitor's link and leads back to its page, which shows its status. */
export const cancelVisit = formAction({
  guard: anyone,
  limit: "visitorChange",
  describeWait: (minutes, locale) => translator("booking", locale)("cancelPage.busyHint", { minutes }),
  schema: cancelRequest.extend({ token: z.string() }),
  async run({ token, reason }, { locale }) {
    const words = translator("booking", locale);
    const booking = await getBookingByToken(token);
    if (!booking) notFound();
    const cancelled = await cancel({ bookingId: booking.id, by: "visitor", reason });
    if (!cancelled.ok && cancelled.error.code === "reason_missing") {
      return { status: "refused", errors: { reason: words("cancelPage.reasonMissing", namesOf(booking)) } };
    }
    // Whatever else came of it, the booking's page says it.
    redirect(`/booking/${token}`);
  },
});

const namesOf = ({ organizer }: { organizer: { name: string } }) => ({ name: organizer.name });
