import { inHandsOf } from "@/lib/auth/booking-access";
import type { OwnerScope } from "@/lib/auth/owner-scope";
import { db } from "@/lib/database/client";
import { note } from "@/lib/flight-recorder/flight-recorder";
import { err, ok, type Result } from "@/lib/result";
import { announceBooking } from "@/lib/webhooks/announce";

/** Records that a visitor did not come, or takes that back. Only once the appointment has begun; what is recorded already stays. */
export async function setNoShow(
  input: { bookingId: string; scope: OwnerScope; noShow: boolean },
  now = new Date(),
): Promise<Result<{ id: string }, { code: "not_found" } | { code: "not_begun" }>> {
  const { bookingId, scope, noShow } = input;
  return db().$transaction(async (tx) => {
    const booking = await tx.booking.findFirst({
      where: { id: bookingId, ...inHandsOf(scope), status: "confirmed" },
      select: { id: true, startsAt: true },
    });
    if (!booking) return err("not_found");
    if (booking.startsAt > now) return err("not_begun");
    const { count } = await tx.booking.updateMany({
      where: { id: booking.id, noShowAt: noShow ? null : { not: null } },
      data: { noShowAt: noShow ? now : null },
    });
    if (count === 0) return ok({ id: booking.id });
    await note(tx, [booking.id], { step: "no_show", outcome: "ok", facts: { noShow } });
    if (noShow) await announceBooking(tx, { ownerId: scope.ownerId, event: "booking.no_show", bookingId });
    return ok({ id: booking.id });
  });
}
