import type { OwnerScope } from "@/lib/auth/owner-scope";
import { cancel } from "@/lib/booking/cancel";
import { decideBooking } from "@/lib/booking/decide";
import { setNoShow } from "@/lib/booking/no-show";
import type { SeveralVerb } from "@/lib/booking/several";
import { getOwnBooking } from "@/lib/booking-record/queries";

interface Several {
  /** Others' bookings are not found. */
  scope: OwnerScope;
  bookingIds: readonly string[];
  verb: SeveralVerb;
  /** For their visitors, with a decline or a cancellation. */
  message?: string | undefined;
}

/** Ids, in the order that was asked for, each once. */
export interface Outcome {
  done: string[];
  /** What could not be done with: these stay as they are. */
  left: string[];
}

/**
 * Does the same to several bookings, each as it is done to one alone: in a transaction of its own, with its own guards. One that
 * can't be done stops no other, and doing it again does no harm.
 */
export async function actOnSeveral({ bookingIds, ...act }: Several): Promise<Outcome> {
  const outcome: Outcome = { done: [], left: [] };
  for (const bookingId of new Set(bookingIds)) {
    outcome[(await actOn(bookingId, act)) ? "done" : "left"].push(bookingId);
  }
  return outcome;
}

async function actOn(
  bookingId: string,
  { scope, verb, message }: Omit<Several, "bookingIds">,
): Promise<boolean> {
  switch (verb) {
    case "approve":
    case "decline":
      return (await decideBooking({ bookingId, scope, decision: verb, reason: message })).ok;
    case "cancel": {
      const own = await getOwnBooking(scope, bookingId);
      return own !== null && (await cancel({ bookingId: own.id, by: "organizer", reason: message })).ok;
    }
    case "no_show":
      return (await setNoShow({ bookingId, scope, noShow: true })).ok;
  }
}
