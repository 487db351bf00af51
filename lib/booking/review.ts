/** Whether a booking goes through, waits until its visitor has confirmed it, or is refused: by who sends it, and how suspicious it is. */

import type { BookingRequest } from "@/lib/booking/schema";
import { env } from "@/lib/config/env";
import type { Offer } from "@/lib/offers/offer";
import { type QuotaRefusal, refuseByQuota } from "@/lib/shield/quotas";
import { nothingRecent, type Recent } from "@/lib/shield/recent";
import { type Reason, scoreOf, suspect, suspicionLine } from "@/lib/shield/score";
import { type Traces, tracesOf } from "@/lib/shield/traces";

export interface Sender {
  /** The organizer who is signed in, or whose API key came along. */
  organizerId?: string | undefined;
  /** The network address. */
  address?: string | undefined;
  /** A field of the form was filled in that people don't see. */
  hasHiddenField?: boolean;
}

/** What a request leaves behind for later counts; null where an organizer enters it, or it came by a link that they gave away. */
export function tracesFor(
  { visitor, guests = [], link }: BookingRequest,
  { by, sender }: { by: "visitor" | "organizer"; sender: Sender },
): Traces | null {
  if (by === "organizer" || link !== undefined) return null;
  return tracesOf(sender.address, [visitor.email, ...guests]);
}

export interface Review {
  mustConfirm: boolean;
  reasons: Reason[];
  /** What the booking leaves behind; null for a sender who is trusted. */
  traces: Traces | null;
}

const trusted: Review = { mustConfirm: false, reasons: [], traces: null };

/**
 * Reviews a request for an event type. Its hosts may write to whom they like, and have chosen whom to give a
 * single-use link. `now` is epoch milliseconds.
 */
export function review(
  { visitor, guests = [] }: BookingRequest,
  { eventType, hosts }: Offer,
  given: { sender: Sender; traces: Traces | null; recent: Recent | null; now: number },
): Review | QuotaRefusal {
  const { sender, traces, now } = given;
  if (traces === null || hosts.some(({ id }) => id === sender.organizerId)) return trusted;
  const recent = given.recent ?? nothingRecent;
  const isNetworkUnknown = !traces.isNetworkKnown;
  const { hasHiddenField = false } = sender;
  const reasons = suspect({ ...visitor, guests, recent, hasHiddenField, isNetworkUnknown });
  const isGrave = scoreOf(reasons.filter(({ code }) => code !== "busy_organizer")) >= suspicionLine;
  const isSuspicious = scoreOf(reasons) >= suspicionLine;
  const { emailCheck } = eventType;
  const mustConfirm = emailCheck === "always" || (emailCheck === "suspicious" && isSuspicious);
  const asked = { recent, now, mustConfirm, isGrave, isNetworkUnknown };
  return (env().RATE_LIMITS ? refuseByQuota(asked) : null) ?? { mustConfirm, reasons, traces };
}
