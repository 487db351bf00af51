/** The links with which an organizer approves or declines a booking from a mail: for one booking, one decision, one use. */

import { hashCapability, newCapability } from "@/lib/auth/capability";
import { scopeWithoutRequest } from "@/lib/auth/owner-scope";
import { type DecideRefusal, decideBooking, type MovedMeanwhile } from "@/lib/booking/decide";
import { type BookingView, getOwnBooking } from "@/lib/booking-record/queries";
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

export interface MailedDecision {
  decision: Decision;
  booking: BookingView;
  /** Nothing has been decided yet, and the link may still do so. */
  isOpen: boolean;
}

/** What a link would decide; null for one that never was. Looking changes nothing. */
export async function getMailedDecision(token: string, now = new Date()): Promise<MailedDecision | null> {
  const link = await db().decisionLink.findUnique({
    where: { tokenHash: hashCapability(token) },
    select: {
      decision: true,
      usedAt: true,
      expiresAt: true,
      booking: { select: { id: true, ownerId: true, owner: { select: { disabledAt: true } } } },
    },
  });
  const booking = link && (await getOwnBooking(scopeWithoutRequest(link.booking.ownerId), link.booking.id));
  if (!booking) return null;
  return {
    decision: link.decision === "approve" ? "approve" : "decline",
    booking,
    isOpen:
      booking.status === "pending" &&
      link.usedAt === null &&
      link.expiresAt > now &&
      link.booking.owner.disabledAt === null,
  };
}

/**
 * Decides by a mailed link. `not_found`: it never was, was used, or is out of time. A decision that could not be made
 * leaves the link as it was.
 */
export async function decideByLink(
  { token, reason, seenRevision }: { token: string; reason?: string | undefined; seenRevision: number },
  now = new Date(),
): Promise<Result<{ id: string }, DecideRefusal | MovedMeanwhile>> {
  const mailed = await getMailedDecision(token, now);
  if (!mailed?.isOpen) return err("not_found");
  const { booking, decision } = mailed;
  const decided = await decideBooking({
    bookingId: booking.id,
    scope: scopeWithoutRequest(booking.organizer.id),
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
