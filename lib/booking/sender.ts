/** Who sends a booking, and whether their visitor has to confirm it. PURE. */
import type { BookingRequest } from "@/lib/booking/schema";
import type { Offer } from "@/lib/offers/offer";

export interface Sender {
  /** The organizer who is signed in, or whose API key came along. */
  organizerId?: string | undefined;
}

/**
 * Whether a visitor has to confirm their address before their booking has any effect. An organizer may write to whom they like, and
 * has chosen whom to give a single-use link.
 */
export function mustConfirm(
  request: BookingRequest,
  { eventType, organizer }: Offer,
  sender: Sender,
): boolean {
  const isTrusted = request.link !== undefined || sender.organizerId === organizer.id;
  return eventType.emailCheck === "always" && !isTrusted;
}
