import type { Offer } from "@/lib/offers/offer";

/** The offer as its own organizer may use it: neither notice nor horizon holds; hours, limits and other bookings do. PURE. */
export function withoutNotice(offer: Offer): Offer {
  const { availableNowMinutes: _, ...eventType } = offer.eventType;
  return { ...offer, eventType: { ...eventType, minimumNoticeMinutes: 0, window: { kind: "none" } } };
}

/** As `withoutNotice`, for a booking that the organizer enters: it needs no approval, and nothing has to be answered. PURE. */
export function onBehalf(offer: Offer): Offer {
  const { eventType, ...rest } = withoutNotice(offer);
  const questions = eventType.questions.map((question) => ({ ...question, required: false }));
  return { ...rest, eventType: { ...eventType, requiresApproval: false, requiresLink: false, questions } };
}
