import { note } from "@/lib/booking/flight-recorder";
import { meetingSync } from "@/lib/booking/jobs";
import { lockOrganizer } from "@/lib/booking/slot-check";
import { freeTimeIfUnused } from "@/lib/booking/time-claim";
import { db, type Tx } from "@/lib/database/client";
import { enqueue } from "@/lib/jobs/queue";
import { err, ok, type Result } from "@/lib/result";

export type DecideRefusal = { code: "not_found" } | { code: "not_pending"; status: string };

interface Decision {
  bookingId: string;
  /** The organizer who decides; another's booking is not found. */
  userId: string;
  decision: "approve" | "decline";
  reason?: string | undefined;
}

/** Approves or declines a booking that waits. Repeating the same decision is a success. */
export async function decideBooking(input: Decision): Promise<Result<{ id: string }, DecideRefusal>> {
  const { bookingId, userId, decision, reason } = input;
  const status = decision === "approve" ? "confirmed" : "declined";
  return db().$transaction(async (tx) => {
    await lockOrganizer(tx, userId);
    const booking = await tx.booking.findFirst({
      where: { id: bookingId, userId },
      select: { id: true, status: true, meetingId: true, meeting: { select: { kind: true, place: true } } },
    });
    if (!booking) return err("not_found");
    if (booking.status === status) return ok({ id: booking.id });
    if (booking.status !== "pending") return err("not_pending", { status: booking.status });
    await tx.booking.update({
      where: { id: booking.id },
      data: { status, ...(decision === "decline" ? { cancelReason: reason?.trim() || null } : {}) },
    });
    if (decision === "approve") await openDoor(tx, booking.meetingId, booking.meeting);
    else await freeTimeIfUnused(tx, booking.meetingId);
    await note(tx, [booking.id], { step: decision === "approve" ? "approved" : "declined", outcome: "ok" });
    await enqueue(tx, meetingSync, { meetingId: booking.meetingId }, { priority: 10 });
    return ok({ id: booking.id });
  });
}

/** An approved meeting begins its life: Teams meetings are made now, a link of the organizer's own is ready. */
async function openDoor(
  tx: Tx,
  meetingId: string,
  { kind, place }: { kind: string; place: string | null },
): Promise<void> {
  if (kind === "teams") {
    await tx.meeting.updateMany({ where: { id: meetingId, status: "none" }, data: { status: "creating" } });
  }
  if (kind === "link") {
    await tx.meeting.updateMany({ where: { id: meetingId }, data: { status: "ready", joinUrl: place } });
  }
}
