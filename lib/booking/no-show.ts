import { inHandsOf } from "@/lib/auth/booking-access";
import type { OwnerScope } from "@/lib/auth/owner-scope";
import { db, type Tx } from "@/lib/database/client";
import { note } from "@/lib/flight-recorder/flight-recorder";
import { err, ok, type Result } from "@/lib/result";
import { announceBooking } from "@/lib/webhooks/announce";

/**
 * An organizer records that a visitor did not come, or takes that back. Only once the appointment has begun; what is recorded already stays, and
 * no attendance report changes it any more.
 */
export async function setNoShow(
  input: { bookingId: string; scope: OwnerScope; noShow: boolean },
  now = new Date(),
): Promise<Result<{ id: string }, { code: "not_found" } | { code: "not_begun" }>> {
  const { bookingId, scope, noShow } = input;
  return db().$transaction(async (tx) => {
    const booking = await tx.booking.findFirst({
      where: { id: bookingId, ...inHandsOf(scope), status: "confirmed" },
      select: { id: true, startsAt: true, erasedAt: true },
    });
    if (!booking) return err("not_found");
    if (booking.startsAt > now) return err("not_begun");
    const { id, erasedAt } = booking;
    const { count } = await tx.booking.updateMany({
      where: { id, noShowAt: noShow ? null : { not: null } },
      data: {
        noShowAt: noShow ? now : null,
        noShowBy: "organizer",
        ...(erasedAt ? {} : { mailsDueAt: now }),
      },
    });
    if (count === 0) {
      await tx.booking.updateMany({ where: { id }, data: { noShowBy: "organizer" } });
      return ok({ id });
    }
    await note(tx, [id], { step: "no_show", outcome: "ok", facts: { noShow } });
    if (noShow) await announceBooking(tx, { ownerId: scope.ownerId, event: "booking.no_show", bookingId });
    return ok({ id });
  });
}

/** An attendance report says that a visitor did not come. Nothing happens where someone has said something about it before. */
export async function markAbsent(
  tx: Tx,
  { bookingId, ownerId }: { bookingId: string; ownerId: string },
  now: Date,
): Promise<void> {
  const { count } = await tx.booking.updateMany({
    where: { id: bookingId, status: "confirmed", erasedAt: null, noShowAt: null, noShowBy: null },
    data: { noShowAt: now, noShowBy: "report", mailsDueAt: now },
  });
  if (count > 0) await announceBooking(tx, { ownerId, event: "booking.no_show", bookingId });
}
