import { toChangeProblem, toHandoverProblem, toPublicBooking } from "@/lib/api/endpoints/bookings";
import type { OwnerScope } from "@/lib/auth/owner-scope";
import type { HandoverRefusal } from "@/lib/booking/hand-over";
import { toOwnBooking } from "@/lib/booking-record/own-booking";
import { getBooking, getBookingByToken, getOwnBooking } from "@/lib/booking-record/queries";
import { err, ok, type Result } from "@/lib/result";

/** After a change: the booking as it is now, or the refusal. */
export async function withPublicBooking<Refusal extends { code: string }>(
  token: string,
  change: (booking: { id: string }) => Promise<Result<unknown, Refusal>>,
) {
  const before = await getBookingByToken(token);
  if (!before) return err("not_found");
  const outcome = await change(before);
  if (!outcome.ok) return { ok: false as const, error: toChangeProblem(outcome.error) };
  const after = await getBookingByToken(token);
  return after ? ok(toPublicBooking(after, token)) : err("not_found");
}

/** After an organizer's change: their booking as it is now, or the refusal. */
export async function withOwnBooking<Refusal extends { code: string }>(
  scope: OwnerScope,
  bookingId: string,
  change: (booking: { id: string }) => Promise<Result<unknown, Refusal>>,
) {
  if (!(await getOwnBooking(scope, bookingId))) return err("not_found");
  const outcome = await change({ id: bookingId });
  if (!outcome.ok) return outcome;
  const after = await getOwnBooking(scope, bookingId);
  return after ? ok(toOwnBooking(after)) : err("not_found");
}

/** After a booking was handed over, as it is now: whoever gave it away may see it for the last time. */
export async function withHandedOver(
  scope: OwnerScope,
  bookingId: string,
  change: (booking: { id: string }) => Promise<Result<unknown, HandoverRefusal>>,
) {
  if (!(await getOwnBooking(scope, bookingId))) return err("not_found");
  const outcome = await change({ id: bookingId });
  if (!outcome.ok) return { ok: false as const, error: toHandoverProblem(outcome.error) };
  const after = await getBooking(bookingId);
  return after ? ok(toOwnBooking(after)) : err("not_found");
}
