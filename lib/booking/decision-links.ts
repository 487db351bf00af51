/** The links with which an organizer approves or declines a booking from a mail: for one booking, one decision, one use. */
import { hashCapability, newCapability } from "@/lib/auth/capability";
import { type DecideRefusal, decideBooking, type MovedMeanwhile } from "@/lib/booking/decide";
import { type BookingView, getOwnBooking } from "@/lib/booking/queries";
import { env } from "@/lib/config/env";
import { db, type Tx } from "@/lib/database/client";
import { err, type Result } from "@/lib/result";

type Decision = "approve" | "decline";

export interface NewDecisionLink {
  decision: Decision;
  url: string;
  tokenHash: Uint8Array<ArrayBuffer>;
}

/** A new link; it works once `storeDecisionLinks` has kept its hash. */
export function newDecisionLink(decision: Decision): NewDecisionLink {
  const token = newCapability();
  return { decision, url: `${env().APP_URL}/decide/${token}`, tokenHash: hashCapability(token) };
}

export async function storeDecisionLinks(
  tx: Tx,
  bookingId: string,
  { links, expiresAt }: { links: NewDecisionLink[]; expiresAt: Date },
): Promise<void> {
  await tx.decisionLink.createMany({
    data: links.map(({ tokenHash, decision }) => ({ tokenHash, decision, bookingId, expiresAt })),
  });
}

export interface OpenDecision {
  decision: Decision;
  booking: BookingView;
}

/** What a link would decide; null for one that is unknown, used or out of time. Looking changes nothing. */
export async function getOpenDecision(token: string, now = new Date()): Promise<OpenDecision | null> {
  const link = await db().decisionLink.findFirst({
    where: { tokenHash: hashCapability(token), usedAt: null, expiresAt: { gt: now } },
    select: { decision: true, booking: { select: { id: true, userId: true } } },
  });
  const booking = link && (await getOwnBooking(link.booking.userId, link.booking.id));
  if (!booking) return null;
  return { decision: link.decision === "approve" ? "approve" : "decline", booking };
}

/**
 * Decides by a mailed link. `not_found`: unknown, used or out of time. A decision that could not be made leaves the link
 * as it was.
 */
export async function decideByLink(
  { token, reason, seenRevision }: { token: string; reason?: string | undefined; seenRevision: number },
  now = new Date(),
): Promise<Result<{ id: string }, DecideRefusal | MovedMeanwhile>> {
  const open = await getOpenDecision(token, now);
  if (!open) return err("not_found");
  const { booking, decision } = open;
  const decided = await decideBooking({
    bookingId: booking.id,
    userId: booking.organizer.id,
    decision,
    reason,
    seenRevision,
    now: now.getTime(),
  });
  if (decided.ok) {
    await db().decisionLink.updateMany({
      where: { bookingId: booking.id, usedAt: null },
      data: { usedAt: now },
    });
  }
  return decided;
}
