"use server";

import { revalidatePath } from "next/cache";
import { notFound, redirect } from "next/navigation";
import { reschedule } from "@/lib/booking/reschedule";
import { rescheduleRequest } from "@/lib/booking/schema";
import { getBookingByToken } from "@/lib/booking-record/queries";
import { translator } from "@/lib/i18n/translator";
import { slotAction } from "@/lib/reader/slot-action";
import { ageOfForm } from "@/lib/shield/form-age";

/** Moves the booking behind a visitor's link to the chosen time and leads back to its page; or says why not. */
export const moveVisit = slotAction({
  guard: async ({ token = "" }) => (await getBookingByToken(token)) ?? notFound(),
  limit: "visitorChange",
  schema: rescheduleRequest,
  read: ({ start, reason }) => ({ start, reason }),
  async run({ start, reason }, { who: booking, fields: { token, openedAt }, locale }) {
    const moved = await reschedule({
      bookingId: booking.id,
      start: Date.parse(start),
      by: "visitor",
      reason,
      formAgeMs: ageOfForm(openedAt, Date.now()),
    });
    if (moved.ok) {
      revalidatePath(`/booking/${token}`, "layout");
      redirect(`/booking/${token}`);
    }
    if (moved.error.code !== "reason_missing") return moved.error;
    const { name } = booking.organizer;
    const message = translator("booking", locale)("cancelPage.reasonMissing", { name });
    return { code: "invalid_request", issues: [{ path: "reason", message, values: {} }] };
  },
});
