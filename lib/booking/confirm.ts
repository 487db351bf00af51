/**
 * A visitor confirms their address: one link in one mail, for one booking, one use. Until then the booking holds its time, and no one
 * but that address hears of it.
 */

import { hashCapability, newCapability } from "@/lib/auth/capability";
import { scopeWithoutRequest } from "@/lib/auth/owner-scope";
import { freeTimeIfUnused } from "@/lib/booking/time-claim";
import { isLapsed } from "@/lib/booking-record/awaits";
import { lockHostsOf } from "@/lib/booking-record/organizer-lock";
import { type BookingView, getOwnBooking } from "@/lib/booking-record/queries";
import { env } from "@/lib/config/env";
import { db, type Tx } from "@/lib/database/client";
import { note } from "@/lib/flight-recorder/flight-recorder";
import { enqueue } from "@/lib/jobs/queue";
import { activateMeeting } from "@/lib/meetings/activate-meeting";
import { meetingSync } from "@/lib/meetings/jobs";
import { notificationColumns, withdrawReminders } from "@/lib/notices/announce";
import { err, ok, type Result } from "@/lib/result";
import { noTraces } from "@/lib/shield/traces";

export interface NewConfirmLink {
  url: string;
  tokenHash: Uint8Array<ArrayBuffer>;
}

/** A new link; it works once `storeConfirmLink` has kept its hash. */
export function newConfirmLink(): NewConfirmLink {
  const token = newCapability();
  return { url: `${env().APP_URL}/confirm/${token}`, tokenHash: hashCapability(token) };
}

/** Keeps the hash of the link that a booking's one mail carries. */
export async function storeConfirmLink(
  tx: Tx,
  bookingId: string,
  { tokenHash }: NewConfirmLink,
): Promise<void> {
  await tx.addressCheck.update({ where: { bookingId }, data: { tokenHash }, select: { bookingId: true } });
}

export interface AskedVisitor {
  booking: BookingView;
  /**
   * `open`: it can be confirmed. `done`: it was, by this link or by its organizer. `lapsed`: no one did in time. `off`: it was cancelled or
   * declined.
   */
  state: "open" | "done" | "lapsed" | "off";
  /** Once it is confirmed its organizer decides. */
  needsApproval: boolean;
}

/** What a link would confirm; null for one that never was. Looking changes nothing. */
export async function getAskedVisitor(token: string, now = new Date()): Promise<AskedVisitor | null> {
  const check = await findCheck(token);
  const booking = check && (await getOwnBooking(scopeWithoutRequest(check.booking.ownerId), check.bookingId));
  if (!booking) return null;
  return { booking, state: stateOf(booking, now), needsApproval: check.booking.decideBy !== null };
}

function stateOf(booking: BookingView, now: Date): AskedVisitor["state"] {
  const { status, confirmBy, awaits } = booking;
  if (awaits === "visitor") return confirmBy !== null && confirmBy > now ? "open" : "lapsed";
  if (isLapsed(booking)) return "lapsed";
  return status === "pending" || status === "confirmed" ? "done" : "off";
}

export type ConfirmRefusal =
  | { code: "not_found" }
  /** It was confirmed, given up, cancelled or declined already. */
  | { code: "not_open" };

/**
 * Confirms a booking by its mailed link: it is confirmed now, or waits for its organizer's approval, and whoever should hear of it does.
 * The link has done its work.
 */
export async function confirmByLink(
  token: string,
  now = new Date(),
): Promise<Result<{ id: string }, ConfirmRefusal>> {
  const check = await findCheck(token);
  if (!check) return err("not_found");
  const { bookingId: id } = check;
  return db().$transaction(async (tx) => {
    await lockHostsOf(tx, id);
    const booking = await tx.booking.findUniqueOrThrow({
      where: { id },
      select: { status: true, confirmBy: true, decideBy: true, meetingId: true },
    });
    const { status, confirmBy, decideBy, meetingId } = booking;
    if (status !== "pending" || confirmBy === null || confirmBy <= now) return err("not_open");
    const needsApproval = decideBy !== null;
    if (!needsApproval) await activateMeeting(tx, meetingId);
    await tx.booking.update({
      where: { id },
      data: {
        status: needsApproval ? "pending" : "confirmed",
        confirmBy: null,
        ...noTraces,
        ...notificationColumns({ by: "visitor", now: now.getTime(), waitsForMeeting: !needsApproval }),
      },
      select: { id: true },
    });
    await tx.addressCheck.update({
      where: { bookingId: id },
      data: { confirmedAt: now, dueAt: null, networkSealed: null },
    });
    await note(tx, [id], { step: "address_confirmed", outcome: "ok", facts: { approval: needsApproval } });
    if (!needsApproval) await enqueue(tx, meetingSync, { meetingId }, { priority: 10 });
    return ok({ id });
  });
}

function findCheck(token: string) {
  return db().addressCheck.findUnique({
    where: { tokenHash: hashCapability(token) },
    select: { bookingId: true, booking: { select: { ownerId: true, decideBy: true } } },
  });
}

/** How many bookings one run gives up; the next run goes on. */
const batchSize = 200;

/** Gives up the bookings that no one has confirmed in time, so that their times are free again. No one is written to. */
export async function lapseUnconfirmed(now = new Date()): Promise<void> {
  const overdue = await db().addressCheck.findMany({
    where: { dueAt: { lte: now } },
    select: { bookingId: true },
    orderBy: { dueAt: "asc" },
    take: batchSize,
  });
  for (const { bookingId } of overdue) await lapse(bookingId, now);
}

async function lapse(id: string, now: Date): Promise<void> {
  await db().$transaction(async (tx) => {
    await lockHostsOf(tx, id);
    const { status, confirmBy, meetingId } = await tx.booking.findUniqueOrThrow({
      where: { id },
      select: { status: true, confirmBy: true, meetingId: true },
    });
    const settle = () => tx.addressCheck.update({ where: { bookingId: id }, data: { dueAt: null } });
    if (status !== "pending" || confirmBy === null) {
      await settle();
      return;
    }
    // The booking comes first, as in whatever else changes both.
    await tx.booking.update({
      where: { id },
      data: { status: "cancelled", cancelledAt: now, cancelledBy: "clock", mailsDueAt: null },
      select: { id: true },
    });
    await settle();
    await freeTimeIfUnused(tx, meetingId);
    await withdrawReminders(tx, id);
    await note(tx, [id], { step: "confirmation_lapsed", outcome: "ok" });
  });
}
