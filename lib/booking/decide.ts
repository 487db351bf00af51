import { inHandsOf } from "@/lib/auth/booking-access";
import type { OwnerScope } from "@/lib/auth/owner-scope";
import { freeTimeIfUnused } from "@/lib/booking/time-claim";
import { lockHostsOf } from "@/lib/booking-record/organizer-lock";
import { db, type Tx } from "@/lib/database/client";
import { note } from "@/lib/flight-recorder/flight-recorder";
import { enqueue } from "@/lib/jobs/queue";
import { activateMeeting } from "@/lib/meetings/activate-meeting";
import { meetingSync } from "@/lib/meetings/jobs";
import { notificationColumns, withdrawReminders } from "@/lib/notices/announce";
import { err, ok, type Result } from "@/lib/result";
import { noTraces } from "@/lib/shield/traces";
import { announceBeginning, announceBooking } from "@/lib/webhooks/announce";

export type DecideRefusal = { code: "not_found" } | { code: "not_pending"; status: string };

/** The visitor has moved it since it was looked at. */
export type MovedMeanwhile = { code: "moved" };

interface Decision {
  bookingId: string;
  /** The organizer who decides; another's booking is not found. */
  scope: OwnerScope;
  decision: "approve" | "decline";
  reason?: string | undefined;
  /** Epoch milliseconds. */
  now?: number;
}

/** Approves or declines a booking that waits, be it for its visitor: whom the organizer lets in is trusted. Repeating the same decision is a success. */
export function decideBooking(input: Decision): Promise<Result<{ id: string }, DecideRefusal>>;
/** With `seenRevision`, how often it had been moved when it was looked at, only what was seen is decided. */
export function decideBooking(
  input: Decision & { seenRevision: number },
): Promise<Result<{ id: string }, DecideRefusal | MovedMeanwhile>>;
export async function decideBooking(
  input: Decision & { seenRevision?: number },
): Promise<Result<{ id: string }, DecideRefusal | MovedMeanwhile>> {
  const { bookingId, scope, decision, reason, seenRevision, now = Date.now() } = input;
  const status = decision === "approve" ? "confirmed" : "declined";
  return db().$transaction(async (tx) => {
    await lockHostsOf(tx, bookingId);
    const booking = await readDecidable(tx, bookingId, scope);
    if (!booking) return err("not_found");
    if (booking.status === status) return ok({ id: booking.id });
    if (booking.status !== "pending") return err("not_pending", { status: booking.status });
    if (seenRevision !== undefined && seenRevision !== booking.rescheduleCount) return err("moved");
    if (decision === "decline") {
      await decline(tx, booking, { by: "organizer", reason: reason?.trim() || null, now });
      return ok({ id: booking.id });
    }
    if (booking.confirmBy === null) await announceBeginning(tx, booking);
    await activateMeeting(tx, booking.meetingId);
    await tx.booking.update({
      where: { id: booking.id },
      data: {
        status,
        confirmBy: null,
        ...noTraces,
        ...notificationColumns({ by: "organizer", now, waitsForMeeting: true }),
      },
    });
    await tx.addressCheck.updateMany({ where: { bookingId: booking.id }, data: { networkSealed: null } });
    await note(tx, [booking.id], { step: "approved", outcome: "ok" });
    await enqueue(tx, meetingSync, { meetingId: booking.meetingId }, { priority: 10 });
    return ok({ id: booking.id });
  });
}

/** Declines a request that no one decided in time, with a reason for its visitor; does nothing to any other booking. */
export async function expireRequest(
  { bookingId, scope, reason }: { bookingId: string; scope: OwnerScope; reason: string },
  now = Date.now(),
): Promise<void> {
  await db().$transaction(async (tx) => {
    await lockHostsOf(tx, bookingId);
    const booking = await readDecidable(tx, bookingId, scope);
    const isOver =
      booking?.status === "pending" &&
      booking.confirmBy === null &&
      booking.decideBy !== null &&
      +booking.decideBy <= now;
    if (isOver) await decline(tx, booking, { by: "clock", reason, now });
  });
}

/** Rejects a booking that waits for its visitor, since its sender was blocked; false for any other booking. */
export async function rejectBlocked(
  { bookingId, blockId }: { bookingId: string; blockId: string },
  now = Date.now(),
): Promise<boolean> {
  return db().$transaction(async (tx) => {
    await lockHostsOf(tx, bookingId);
    const booking = await tx.booking.findUnique({ where: { id: bookingId }, select: decidable });
    if (booking?.status !== "pending" || booking.confirmBy === null) return false;
    await decline(tx, booking, { by: "organizer", reason: null, now });
    await tx.addressCheck.update({ where: { bookingId }, data: { blockId }, select: { bookingId: true } });
    return true;
  });
}

type Decidable = NonNullable<Awaited<ReturnType<typeof readDecidable>>>;

function readDecidable(tx: Tx, id: string, scope: OwnerScope) {
  return tx.booking.findFirst({
    where: { id, ...inHandsOf(scope) },
    select: decidable,
  });
}

const decidable = {
  id: true,
  ownerId: true,
  status: true,
  meetingId: true,
  rescheduleCount: true,
  decideBy: true,
  confirmBy: true,
} as const;

async function decline(
  tx: Tx,
  { id, ownerId, status, meetingId, confirmBy }: Decidable,
  { by, reason, now }: { by: "organizer" | "clock"; reason: string | null; now: number },
): Promise<void> {
  // No one has heard of a booking whose visitor has not confirmed it.
  if (confirmBy === null) await announceBeginning(tx, { id, ownerId, status });
  await tx.booking.update({
    where: { id },
    data: { status: "declined", cancelReason: reason, ...notificationColumns({ by, now }) },
  });
  await freeTimeIfUnused(tx, meetingId);
  await note(tx, [id], { step: by === "clock" ? "expired" : "declined", outcome: "ok" });
  await enqueue(tx, meetingSync, { meetingId }, { priority: 10 });
  await withdrawReminders(tx, id);
  if (confirmBy === null) await announceBooking(tx, { ownerId, bookingId: id, event: "booking.declined" });
}
