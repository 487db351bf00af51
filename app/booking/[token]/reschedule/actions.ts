"use server";

import { refresh, revalidatePath } from "next/cache";
import { headers } from "next/headers";
import { notFound, redirect } from "next/navigation";
import { clientAddress } from "@/lib/auth/client-address";
import { consume } from "@/lib/auth/rate-limit";
import { isSameOrigin } from "@/lib/auth/same-origin";
import { reschedule } from "@/lib/booking/reschedule";
import { rescheduleRequest } from "@/lib/booking/schema";
import { describeKeptTime, readIssues, readListener, readValues } from "@/lib/booking-page/read-form";
import type { SlotFormState } from "@/lib/booking-page/slot-form-state";
import { describeMistakes, describeRefusal } from "@/lib/booking-page/slot-refusal";
import { getBookingByToken } from "@/lib/booking-record/queries";
import { translator } from "@/lib/i18n/translator";
import { parseInput } from "@/lib/input/parse";
import { getLocale } from "@/lib/reader/locale";

/** Moves the booking behind a visitor's link to the chosen time and leads back to its page; or says why not. */
export async function moveVisit(_: SlotFormState, formData: FormData): Promise<SlotFormState> {
  const locale = await getLocale();
  const values = readValues(formData);
  const token = values.token ?? "";
  const booking = await getBookingByToken(token);
  if (!booking) notFound();
  const listener = readListener(values, booking.organizer, locale);
  const typed = { values, keptTime: describeKeptTime(values.start, listener) };

  const sent = await headers();
  if (!isSameOrigin(sent)) return describeRefusal({ code: "foreign_origin" }, listener, typed);
  const allowance = await consume("visitorChange", clientAddress(sent));
  if (!allowance.ok) {
    const { retryAfterSeconds } = allowance;
    return describeRefusal({ code: "rate_limited", retryAfterSeconds }, listener, typed);
  }

  const request = parseInput(rescheduleRequest, { start: values.start, reason: values.reason });
  if (!request.ok) return describeMistakes(readIssues(request.error.issues, locale), typed, locale);
  const { start, reason } = request.value;
  const moved = await reschedule({ bookingId: booking.id, start: Date.parse(start), by: "visitor", reason });
  if (moved.ok) {
    revalidatePath(`/booking/${token}`, "layout");
    redirect(`/booking/${token}`);
  }
  if (moved.error.code === "reason_missing") {
    const { name } = booking.organizer;
    return describeMistakes(
      { reason: translator("booking", locale)("cancelPage.reasonMissing", { name }) },
      typed,
      locale,
    );
  }
  if ("alternatives" in moved.error) refresh();
  return describeRefusal(moved.error, listener, typed);
}
