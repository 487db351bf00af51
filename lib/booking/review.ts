/** Whether a booking goes through, waits until its visitor has confirmed it, or is refused: by who sends it, and how suspicious it is. */

import type { BookingRequest } from "@/lib/booking/schema";
import { env } from "@/lib/config/env";
import type { Offer } from "@/lib/offers/offer";
import type { FoundBlock } from "@/lib/shield/blocks";
import { mailDomainOf } from "@/lib/shield/mail-domain";
import { type BrokenQuota, brokenQuota } from "@/lib/shield/quotas";
import { nothingRecent, type Recent } from "@/lib/shield/recent";
import { type Reason, type Suspicion, scoreOf, suspect, suspicionLine } from "@/lib/shield/score";
import { type Traces, tracesOf } from "@/lib/shield/traces";

export interface Sender {
  /** The organizer who is signed in, or whose API key came along. */
  organizerId?: string | undefined;
  /** The network address. */
  address?: string | undefined;
  /** A field of the form was filled in that people don't see. */
  hasHiddenField?: boolean;
  /** How long the form was open, in milliseconds; null or left out: unknown. */
  formAgeMs?: number | null;
  /** The proof of work that the form brought along. */
  proof?: string | undefined;
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
  /** Its visitor isn't asked: whoever reads mail at a blocked address or domain could confirm forever. */
  isMute: boolean;
  reasons: Reason[];
  /** What the booking leaves behind; null for a sender who is trusted. */
  traces: Traces | null;
}

/** What a booking is suspicious of since so many others come. */
const ofTheRush: readonly Suspicion[] = ["busy_organizer", "no_proof"];

const trusted: Review = { mustConfirm: false, isMute: false, reasons: [], traces: null };

/**
 * Reviews a request for an event type. Its hosts may write to whom they like, and have chosen whom to give a
 * single-use link. A block holds whatever the event type says. `now` is epoch milliseconds.
 */
export function review(
  { visitor, guests = [] }: BookingRequest,
  { eventType, hosts }: Offer,
  given: {
    sender: Sender;
    traces: Traces | null;
    recent: Recent | null;
    blocks: readonly FoundBlock[];
    hasProof: boolean;
    now: number;
  },
): Review | BrokenQuota {
  const { sender, traces, blocks, now } = given;
  if (traces === null || hosts.some(({ id }) => id === sender.organizerId)) return trusted;
  const recent = given.recent ?? nothingRecent;
  const isNetworkUnknown = !traces.isNetworkKnown;
  const { hasHiddenField = false, formAgeMs = null } = sender;
  const reasons = suspect({
    ...visitor,
    guests,
    recent,
    blocks,
    hasHiddenField,
    formAgeMs,
    hasProof: given.hasProof,
    mailDomain: mailDomainOf(visitor.email, now),
    isNetworkUnknown,
  });
  const isGrave = scoreOf(reasons.filter(({ code }) => !ofTheRush.includes(code))) >= suspicionLine;
  const isSuspicious = scoreOf(reasons) >= suspicionLine;
  const { emailCheck } = eventType;
  const isChecked = emailCheck === "always" || (emailCheck === "suspicious" && isSuspicious);
  const mustConfirm = isChecked || blocks.length > 0;
  const isMute = blocks.some(({ kind }) => kind !== "network");
  const asked = { recent, mustConfirm, isGrave, isNetworkUnknown };
  const broken = env().RATE_LIMITS ? brokenQuota(asked) : null;
  return broken ?? { mustConfirm, isMute, reasons, traces };
}
