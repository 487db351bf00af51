"use server";

import { revalidatePath } from "next/cache";
import { notFound, redirect } from "next/navigation";
import { requireOrganizer } from "@/lib/auth/guards";
import { reschedule } from "@/lib/booking/reschedule";
import { rescheduleRequest } from "@/lib/booking/schema";
import { getOwnBooking } from "@/lib/booking-record/queries";
import { isId } from "@/lib/input/id";
import { slotAction } from "@/lib/reader/slot-action";

/** Moves one of the organizer's bookings, with a message to its visitor; or says why not. */
export const moveOwnBooking = slotAction({
  async guard({ bookingId = "" }) {
    const { scope } = await requireOrganizer();
    return (isId(bookingId) ? await getOwnBooking(scope, bookingId) : null) ?? notFound();
  },
  schema: rescheduleRequest,
  read: ({ start, reason }) => ({ start, reason }),
  async run({ start, reason }, { who: { id: bookingId } }) {
    const moved = await reschedule({ bookingId, start: Date.parse(start), by: "organizer", reason });
    if (!moved.ok) return moved.error;
    revalidatePath("/account/bookings", "layout");
    redirect(`/account/bookings/${bookingId}`);
  },
});
