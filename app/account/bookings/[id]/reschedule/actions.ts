"use server";

import { refresh, revalidatePath } from "next/cache";
import { headers } from "next/headers";
import { notFound, redirect } from "next/navigation";
import { requireOrganizer } from "@/lib/auth/guards";
import { isSameOrigin } from "@/lib/auth/same-origin";
import { reschedule } from "@/lib/booking/reschedule";
import { rescheduleRequest } from "@/lib/booking/schema";
import { describeKeptTime, readIssues, readListener, readValues } from "@/lib/booking-page/read-form";
import type { SlotFormState } from "@/lib/booking-page/slot-form-state";
import { describeMistakes, describeRefusal } from "@/lib/booking-page/slot-refusal";
import { getOwnBooking } from "@/lib/booking-record/queries";
import { isId } from "@/lib/input/id";
import { parseInput } from "@/lib/input/parse";
import { getLocale } from "@/lib/reader/locale";

/** Moves one of the organizer's bookings, with a message to its visitor; or says why not. */
export async function moveOwnBooking(_: SlotFormState, formData: FormData): Promise<SlotFormState> {
  const locale = await getLocale();
  const { scope } = await requireOrganizer();
  const values = readValues(formData);
  const { bookingId = "" } = values;
  const booking = isId(bookingId) ? await getOwnBooking(scope, bookingId) : null;
  if (!booking) notFound();
  const listener = readListener(values, booking.organizer, locale);
  const typed = { values, keptTime: describeKeptTime(values.start, listener) };
  if (!isSameOrigin(await headers())) return describeRefusal({ code: "foreign_origin" }, listener, typed);
  const request = parseInput(rescheduleRequest, { start: values.start, reason: values.reason });
  if (!request.ok) return describeMistakes(readIssues(request.error.issues, locale), typed, locale);
  const { start, reason } = request.value;
  const moved = await reschedule({ bookingId, start: Date.parse(start), by: "organizer", reason });
  if (moved.ok) {
    revalidatePath("/account/bookings", "layout");
    redirect(`/account/bookings/${bookingId}`);
  }
  if ("alternatives" in moved.error) refresh();
  return describeRefusal(moved.error, listener, typed);
}
