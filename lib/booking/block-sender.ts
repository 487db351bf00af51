/**
 * An organizer blocks a sender, or takes it back. What of theirs still waits for its visitor is rejected together with the block, and waits
 * again without it.
 */
import type { OwnerScope } from "@/lib/auth/owner-scope";
import { rejectBlocked } from "@/lib/booking/decide";
import { claimTime } from "@/lib/booking/time-claim";
import { lockHostsOf } from "@/lib/booking-record/organizer-lock";
import { holdingStatuses } from "@/lib/booking-record/policy";
import { db, type Tx } from "@/lib/database/client";
import { isOverlap } from "@/lib/database/errors";
import { note } from "@/lib/flight-recorder/flight-recorder";
import { isId } from "@/lib/input/id";
import { err, ok, type Result } from "@/lib/result";
import { type BlockKind, blockChoices, sendersValues } from "@/lib/shield/block-value";
import { addBlock, type Block, type BlocksOf, getBlock, ownerIdOf, removeBlock } from "@/lib/shield/blocks";
import { openNetwork } from "@/lib/shield/sealed-network";

export interface Blocked {
  block: Block;
  /** How many bookings that waited were rejected. */
  rejected: number;
}

/** Blocks senders, and rejects what of theirs waits. `value` comes from `readBlockValue`. */
export async function blockSenders(
  whose: BlocksOf,
  sender: { kind: BlockKind; value: string },
): Promise<Result<Blocked, { code: "too_many_blocks" }>> {
  const added = await addBlock(whose, sender);
  if (!added.ok) return added;
  let rejected = 0;
  for (const bookingId of await listWaiting(whose, added.value.value)) {
    if (await rejectBlocked({ bookingId, blockId: added.value.id })) rejected += 1;
  }
  return ok({ block: added.value, rejected });
}

export type BlockRefusal =
  | { code: "not_found" }
  | { code: "too_many_blocks" }
  /** Its network is not known, or its domain is one that strangers share. */
  | { code: "not_blockable" };

/** Blocks the sender of one of the organizer's bookings that were held back, by what of them is chosen. */
export async function blockSender(
  scope: OwnerScope,
  { bookingId, kind }: { bookingId: string; kind: BlockKind },
): Promise<Result<Blocked, BlockRefusal>> {
  const choices = await listBlockChoices(scope, [bookingId]);
  const offered = choices.get(bookingId);
  if (!offered) return err("not_found");
  const chosen = offered.find((choice) => choice.kind === kind);
  return chosen ? blockSenders(scope, chosen) : err("not_blockable");
}

/** One of these blocks, with what it rejected; null when there is none. */
export async function getBlocked(whose: BlocksOf, id: string): Promise<Blocked | null> {
  const block = await getBlock(whose, id);
  if (!block) return null;
  const rejected = await db().addressCheck.count({ where: { blockId: block.id } });
  return { block, rejected };
}

/** By what the senders of the organizer's own bookings can be blocked, for those that were held back, by the booking's id. */
export async function listBlockChoices(
  scope: OwnerScope,
  bookingIds: readonly string[],
): Promise<Map<string, { kind: BlockKind; value: string }[]>> {
  const held = await db().addressCheck.findMany({
    where: {
      bookingId: { in: bookingIds.filter(isId) },
      booking: { ownerId: scope.ownerId, confirmBy: { not: null }, erasedAt: null },
    },
    select: senderOf,
  });
  return new Map(held.map((check) => [check.bookingId, blockChoices(toSender(check))]));
}

const senderOf = {
  bookingId: true,
  networkSealed: true,
  booking: { select: { visitorEmail: true } },
} as const;

interface HeldBooking {
  bookingId: string;
  networkSealed: string | null;
  booking: { visitorEmail: string };
}

function toSender(check: HeldBooking) {
  return { email: check.booking.visitorEmail, network: openNetwork(check) };
}

/** More than the quotas let wait at one time. */
const maxWaiting = 2000;

/** The bookings that wait for a visitor whom this value blocks. */
async function listWaiting(whose: BlocksOf, value: string): Promise<string[]> {
  const ownerId = ownerIdOf(whose);
  const waiting = await db().addressCheck.findMany({
    where: {
      dueAt: { not: null },
      booking: { status: "pending", confirmBy: { not: null }, ...(ownerId ? { ownerId } : {}) },
    },
    select: senderOf,
    take: maxWaiting,
  });
  return waiting
    .filter((check) => sendersValues(toSender(check)).includes(value))
    .map(({ bookingId }) => bookingId);
}

/** Takes a block back. What it rejected waits again, if its time is still free and its visitor still has time to confirm it. */
export async function unblock(
  whose: BlocksOf,
  id: string,
  now = new Date(),
): Promise<Result<null, { code: "not_found" }>> {
  const block = await getBlock(whose, id);
  if (!block) return err("not_found");
  const rejected = await db().addressCheck.findMany({
    where: { blockId: block.id, booking: { status: "declined", confirmBy: { gt: now } } },
    select: { bookingId: true, booking: { select: { ownerId: true } } },
  });
  await removeBlock(whose, block.id);
  for (const { bookingId } of rejected) {
    await db()
      .$transaction((tx) => letWaitAgain(tx, bookingId, now))
      .catch((error) => {
        // Someone else has its time by now.
        if (!isOverlap(error)) throw error;
      });
  }
  return ok(null);
}

async function letWaitAgain(tx: Tx, id: string, now: Date): Promise<void> {
  await lockHostsOf(tx, id);
  const booking = await tx.booking.findUniqueOrThrow({
    where: { id },
    select: {
      status: true,
      confirmBy: true,
      startsAt: true,
      endsAt: true,
      hosts: { select: { userId: true } },
      eventType: { select: { seats: true, bufferBeforeMinutes: true, bufferAfterMinutes: true } },
      meeting: {
        select: {
          id: true,
          _count: { select: { bookings: { where: { status: { in: [...holdingStatuses] } } } } },
        },
      },
    },
  });
  const { confirmBy, eventType, meeting, hosts } = booking;
  if (booking.status !== "declined" || confirmBy === null || confirmBy <= now || !eventType) return;
  if (meeting._count.bookings >= (eventType.seats ?? 1)) return;
  const { bufferBeforeMinutes, bufferAfterMinutes } = eventType;
  await claimTime(tx, {
    hostIds: hosts.map(({ userId }) => userId),
    meetingId: meeting.id,
    slot: { start: booking.startsAt.getTime(), end: booking.endsAt.getTime() },
    bufferBeforeMinutes,
    bufferAfterMinutes,
  });
  // The mail that asks may have been stopped on its way.
  const isStopped =
    (await tx.mail.count({
      where: { bookingId: id, kind: "booking-confirm-address", status: "withdrawn" },
    })) > 0;
  if (isStopped) await tx.bookingNotice.deleteMany({ where: { bookingId: id, kind: "confirm_address" } });
  await tx.booking.update({
    where: { id },
    data: { status: "pending", cancelReason: null, mailsDueAt: isStopped ? now : null },
    select: { id: true },
  });
  await tx.addressCheck.update({ where: { bookingId: id }, data: { blockId: null, dueAt: confirmBy } });
  await note(tx, [id], { step: "waits_again", outcome: "ok" });
}
