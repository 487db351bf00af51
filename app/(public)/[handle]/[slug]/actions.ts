"use server";

import { refresh, revalidatePath } from "next/cache";
import { cookies, headers } from "next/headers";
import { notFound, redirect } from "next/navigation";
import { newCapability } from "@/lib/auth/capability";
import { clientAddress } from "@/lib/auth/client-address";
import { consume } from "@/lib/auth/rate-limit";
import { isSameOrigin } from "@/lib/auth/same-origin";
import { checkAnswers } from "@/lib/booking/answers";
import { type BookRefusal, book } from "@/lib/booking/book";
import { holdSlot, releaseHold } from "@/lib/booking/holds";
import { refuseWithoutLink } from "@/lib/booking/link-access";
import { bookingRequest } from "@/lib/booking/schema";
import { holdCookie, holdCookieRules } from "@/lib/booking-page/hold-key";
import { getPageOffer } from "@/lib/booking-page/offers";
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
import { readVisitor } from "@/lib/booking-page/visitor";
import { parseInput } from "@/lib/input/parse";
import { getLocale } from "@/lib/reader/locale";

/** Books the chosen time and leads to the booking's own page; or says why not, with everything that was typed. */
export async function bookSlot(_: SlotFormState, formData: FormData): Promise<SlotFormState> {
  const locale = await getLocale();
  const values = readValues(formData);
  const offer = await getPageOffer(values.handle ?? "", values.slug ?? "");
  if (!offer) notFound();
  const organizer = { name: offer.organizer.name, timeZone: offer.schedule.timeZone };
  const listener = readListener(values, organizer, locale);
  const typed = { values, keptTime: describeKeptTime(values.start, listener) };

  const sent = await headers();
  if (!isSameOrigin(sent)) return describeRefusal({ code: "foreign_origin" }, listener, typed);
  const allowance = await consume("booking", clientAddress(sent));
  if (!allowance.ok) {
    const { retryAfterSeconds } = allowance;
    return describeRefusal({ code: "rate_limited", retryAfterSeconds }, listener, typed);
  }

  const { locale: visitorLocale, holdKey } = await readVisitor();
  const input = toBookingRequest(values, offer.eventType.questions, {
    timeZone: listener.timeZone,
    locale: visitorLocale,
  });
  const request = parseInput(bookingRequest, input);
  const closed = await refuseWithoutLink(offer.eventType, values.link);
  // Anyone who has no link learns nothing of the questions. The same form sent twice has used its own link up: `book` knows.
  if (closed && (closed === "link_required" || !request.ok))
    return describeRefusal({ code: closed }, listener, typed);
  const unanswered = closed ? [] : checkAnswers(offer.eventType.questions, input.answers);
  if (!request.ok || unanswered.length > 0) {
    await holdForCorrection(values, holdKey ?? newCapability(), clientAddress(sent));
    const issues = request.ok ? unanswered : [...request.error.issues, ...unanswered];
    return describeMistakes(readIssues(issues, locale), typed, locale);
  }

  const booked = await book(request.value, identityOfForm(values, ["visitor"], request.value));
  if (booked.ok) {
    if (holdKey !== null) await releaseHold(holdKey);
    // What the router has fetched ahead still offers this time.
    revalidatePath(`/${values.handle}/${values.slug}`);
    redirect(`/booking/${booked.value.token}${offer.eventType.redirectUrl ? "/onward" : ""}`);
  }
  return answer(booked.error);

  function answer(refusal: BookRefusal): SlotFormState {
    if (refusal.code === "invalid_request")
      return describeMistakes(readIssues(refusal.issues, locale), typed, locale);
    // The list of times on the page is out of date.
    if ("alternatives" in refusal) refresh();
    return describeRefusal(refusal, listener, typed);
  }
}

/** Where no script has held the time, it is held while the visitor fixes the form. */
async function holdForCorrection(
  { handle = "", slug = "", start = "", durationMinutes, link }: Record<string, string>,
  holder: string,
  address: string,
): Promise<void> {
  const at = Date.parse(start);
  if (Number.isNaN(at) || !(await consume("hold", address)).ok) return;
  const request = {
    handle,
    slug,
    start: at,
    durationMinutes: Number(durationMinutes),
    link,
    holder,
    address,
  };
  if (await holdSlot(request)) (await cookies()).set(holdCookie, holder, holdCookieRules());
}
