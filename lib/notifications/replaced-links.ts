/**
 * Visitors' links that stood in calendar events, where guests and delegates could read them. An event's text can't be
 * rewritten without losing its Teams meeting, so the link is replaced: the old one opens nothing, and mails the new one to its
 * visitor.
 */

import { hashCapability } from "@/lib/auth/capability";
import { consume } from "@/lib/auth/rate-limit";
import { newLink } from "@/lib/booking-record/links";
import { db } from "@/lib/database/client";
import { lockRow } from "@/lib/database/lock-row";
import { readMailedBooking } from "@/lib/notifications/mailed-booking";
import { sendMail } from "@/lib/outbox/outbox";

/** How many links are replaced in one go. */
const batchSize = 200;

/** Replaces every link that is still to be replaced. A crash in between loses nothing, and none is replaced twice. */
export async function replaceSharedLinks(stopping?: AbortSignal): Promise<void> {
  for (;;) {
    const waiting = await db().replacedLink.findMany({
      where: { tokenHash: null },
      select: { bookingId: true },
      take: batchSize,
    });
    for (const { bookingId } of waiting) await replace(bookingId);
    if (waiting.length < batchSize || stopping?.aborted) return;
  }
}

async function replace(bookingId: string): Promise<void> {
  await db().$transaction(async (tx) => {
    if (!(await lockRow(tx, "Booking", { id: bookingId }))) return;
    const booking = await tx.booking.findUniqueOrThrow({
      where: { id: bookingId },
      select: { tokenHash: true },
    });
    const { count } = await tx.replacedLink.updateMany({
      where: { bookingId, tokenHash: null },
      data: { tokenHash: booking.tokenHash, replacedAt: new Date() },
    });
    if (count === 0) return;
    const { hash, sealed } = newLink("manage", bookingId);
    await tx.booking.update({
      where: { id: bookingId },
      data: { tokenHash: hash, tokenSealed: sealed },
      select: { id: true },
    });
  });
}

/** True for a link that was replaced. What it led to is not revealed. */
export async function isReplacedLink(token: string): Promise<boolean> {
  const where = { tokenHash: hashCapability(token) };
  return (await db().replacedLink.findUnique({ where, select: { bookingId: true } })) !== null;
}

/** Emails the new link to the visitor's own address, a few times an hour. Whether it was sent is not revealed. */
export async function mailNewLink(token: string): Promise<void> {
  const replaced = await db().replacedLink.findUnique({ where: { tokenHash: hashCapability(token) } });
  if (!replaced) return;
  const { bookingId } = replaced;
  if (!(await consume("linkMail", bookingId)).ok) return;
  const booking = await readMailedBooking(bookingId);
  if (!booking) return;
  // Loaded with the first mail, so that it costs no start any time.
  const { writeOwnLink } = await import("@/lib/notifications/write");
  const mail = writeOwnLink(booking);
  await db().$transaction((tx) => sendMail(tx, { ...mail, bookingId }));
}
