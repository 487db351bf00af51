"use server";

import { refresh, revalidatePath } from "next/cache";
import { headers } from "next/headers";
import { notFound, redirect } from "next/navigation";
import { requireOrganizer } from "@/lib/auth/guards";
import { isSameOrigin } from "@/lib/auth/same-origin";
import { book } from "@/lib/booking/book";
import { bookingRequest } from "@/lib/booking/schema";
import {
  describeKeptTime,
  identityOfForm,
  readIssues,
  readListener,
  readValues,
  toBookingRequest,
} from "@/lib/booking-page/read-form";
import type { SlotFormState } from "@/lib/booking-page/slot-form-state";
import { describeMistakes, describeRefusal } from "@/lib/booking-page/slot-refusal";
import { parseInput } from "@/lib/input/parse";
import { getOwnOffer } from "@/lib/offers/offer";
import { getLocale } from "@/lib/reader/locale";

/** Books the chosen time for a visitor whom the organizer enters, and leads to the booking; or says why not. */
export async function bookForVisitor(_: SlotFormState, formData: FormData): Promise<SlotFormState> {
  const locale = await getLocale();
  const { id: userId, scope } = await requireOrganizer();
  const values = readValues(formData);
  const offer = await getOwnOffer(scope, values.eventTypeId ?? "");
  if (!offer) notFound();
  const { organizer, schedule, eventType } = offer;
  const listener = readListener(values, { name: organizer.name, timeZone: schedule.timeZone }, locale);
  const typed = { values, keptTime: describeKeptTime(values.start, listener) };
  if (!isSameOrigin(await headers())) return describeRefusal({ code: "foreign_origin" }, listener, typed);

  const named = { ...values, handle: organizer.handle, slug: eventType.slug };
  const { timeZone } = listener;
  const input = toBookingRequest(named, eventType.questions, { timeZone, locale: undefined });
  const request = parseInput(bookingRequest, input);
  if (!request.ok) return describeMistakes(readIssues(request.error.issues, locale), typed, locale);
  const identity = identityOfForm(values, ["organizer", userId], request.value);
  const booked = await book(request.value, { ...identity, by: "organizer" });
  if (booked.ok) {
    revalidatePath("/account/bookings", "layout");
    redirect(`/account/bookings/${booked.value.id}`);
  }
  const refusal = booked.error;
  if (refusal.code === "invalid_request")
    return describeMistakes(readIssues(refusal.issues, locale), typed, locale);
  if ("alternatives" in refusal) refresh();
  return describeRefusal(refusal, listener, typed);
}
