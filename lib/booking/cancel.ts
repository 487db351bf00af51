import { freeTimeIfUnused } from "@/lib/booking/time-claim";
import { lacksReason, visitorMay } from "@/lib/booking-record/change-policy";
import { lockHostsOf } from "@/lib/booking-record/organizer-lock";
import { canCancel } from "@/lib/booking-record/policy";
import { changePolicyOf } from "@/lib/booking-record/stored-policy";
import { db, type Tx } from "@/lib/database/client";
import { note } from "@/lib/flight-recorder/flight-recorder";
import { enqueue } from "@/lib/jobs/queue";
import { meetingSync } from "@/lib/meetings/jobs";
import { notificationColumns, withdrawReminders } from "@/lib/notices/announce";
import { err, ok, type Result } from "@/lib/result";
import { announceBeginning, announceBooking } from "@/lib/webhooks/announce";

export type CancelRefusal =
  | { code: "not_found" }
  /** It was cancelled, declined or over already: there is nothing to cancel. */
  | { code: "not_cancellable"; status: string };

/** What the event type's change policy refuses a visitor; organizers never meet these. */
export type VisitorRefusal = { code: "too_late" } | { code: "reason_missing" };

interface Cancellation {
  bookingId: string;
  by: "visitor" | "organizer";
  reason?: string | undefined;
  now?: number;
}

/**
 * Cancels a booking and frees its time immediately; the calendar follows by job. Cancelling what is cancelled already is a
 * success, so that a repeated request does no harm.
 */
export function cancel(
  cancellation: Cancellation & { by: "organizer" },
): Promise<Result<{ id: string }, CancelRefusal>>;
/** A visitor is bound by the event type's change policy besides. */
export function cancel(
  cancellation: Cancellation & { by: "visitor" },
): Promise<Result<{ id: string }, CancelRefusal | VisitorRefusal>>;
export async function cancel(
  cancellation: Cancellation,
): Promise<Result<{ id: string }, CancelRefusal | VisitorRefusal>> {
  const { bookingId, by, reason, now = Date.now() } = cancellation;
  return db().$transaction(async (tx) => {
    await lockHostsOf(tx, bookingId);
    const booking = await tx.booking.findUnique({
      where: { id: bookingId },
      select: {
        id: true,
        status: true,
        confirmBy: true,
        startsAt: true,
        endsAt: true,
        meetingId: true,
        eventType: { select: { id: true, changePolicy: true } },
      },
    });
    if (!booking) return err("not_found");
    if (booking.status === "cancelled") return ok({ id: booking.id });
    if (!canCancel(booking, now)) return err("not_cancellable", { status: booking.status });
    if (by === "visitor") {
      const policy = changePolicyOf(booking.eventType);
      if (visitorMay("cancel", booking, policy, now) !== "yes") return err("too_late");
      if (lacksReason(policy, reason)) return err("reason_missing");
    }
    await cancelHeld(tx, booking, { by, reason, now });
    return ok({ id: booking.id });
  });
}

/** Cancels a booking that holds its time, under the locks of its hosts. */
export async function cancelHeld(
  tx: Tx,
  { id, meetingId }: { id: string; meetingId: string },
  { by, reason, now }: { by: Cancellation["by"]; reason?: string | undefined; now: number },
): Promise<void> {
  const before = await tx.booking.findUniqueOrThrow({
    where: { id },
    select: { id: true, ownerId: true, status: true, confirmBy: true },
  });
  // No one has heard of a booking whose visitor has not confirmed it.
  const isKnown = before.confirmBy === null;
  if (isKnown) await announceBeginning(tx, before);
  await tx.booking.update({
    where: { id },
    data: {
      status: "cancelled",
      cancelledAt: new Date(now),
      cancelledBy: by,
      cancelReason: reason?.trim() || null,
      ...notificationColumns({ by, now }),
    },
  });
  await freeTimeIfUnused(tx, meetingId);
  await note(tx, [id], { step: "cancelled", outcome: "ok", facts: { by } });
  await enqueue(tx, meetingSync, { meetingId }, { priority: 10 });
  await withdrawReminders(tx, id);
  if (!isKnown) return;
  await announceBooking(tx, { ownerId: before.ownerId, bookingId: id, event: "booking.cancelled" });
}
