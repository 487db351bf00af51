/** What an organizer can do with several bookings at once. PURE. */
import { canCancel } from "@/lib/booking-record/policy";
import type { BookingView } from "@/lib/booking-record/queries";

export const severalVerbs = ["approve", "decline", "cancel", "no_show"] as const;
export type SeveralVerb = (typeof severalVerbs)[number];

/** The most that is done in one go: two pages of the list. */
export const mostAtOnce = 50;

type Facts = Pick<BookingView, "status" | "awaits" | "startsAt" | "endsAt" | "noShowAt">;

/** Whether this can be done with a booking now, as far as the list knows. What is done asks again. `now`: epoch milliseconds. */
export function canBeDone(verb: SeveralVerb, booking: Facts, now: number): boolean {
  switch (verb) {
    case "approve":
    case "decline":
      return booking.awaits !== null && booking.endsAt.getTime() > now;
    case "cancel":
      return booking.status === "confirmed" && canCancel(booking, now);
    case "no_show":
      return booking.status === "confirmed" && booking.startsAt.getTime() <= now && booking.noShowAt === null;
  }
}
