/** What no one may do more often in an hour, confirmed or not. PURE. People who book for themselves never come near. */
import { type Beginnings, type Recent, windowMs } from "@/lib/shield/recent";

export const quotaNames = ["recipient", "network", "organizer", "waiting"] as const;

export type QuotaName = (typeof quotaNames)[number];

export interface QuotaRefusal {
  code: "too_many_bookings";
  because: QuotaName | "moves";
  retryAfterSeconds: number;
}

/** How many bookings of one organizer may name one mailbox. */
const perRecipient = 60;
/** How many bookings, of whichever organizers, may name one mailbox. */
const perRecipientAnywhere = 120;
/** How many people the bookings of one network may name. */
const perNetwork = 300;
/** How many bookings that were never confirmed one network may leave with one organizer, and one visitor. */
const waitingPerNetwork = 10;
const waitingPerVisitor = 5;
/** How many bookings an organizer may get until further suspicious ones are refused. */
const perOrganizer = 100;

interface Asked {
  recent: Recent;
  /** Its visitor would have to confirm it. */
  mustConfirm: boolean;
  /** It is suspicious by itself, and not only since its organizer gets very many. */
  isGrave: boolean;
  isNetworkUnknown: boolean;
}

/** A quota that a booking would break, and whose beginning says when it no longer does; null: that isn't known. */
export interface BrokenQuota {
  because: QuotaName;
  counted: keyof Beginnings | null;
}

/** Which quota a booking would break; null: none. */
export function brokenQuota(asked: Asked): BrokenQuota | null {
  const { recent, mustConfirm, isGrave, isNetworkUnknown } = asked;
  if (mustConfirm && recent.waitingHere >= waitingPerVisitor) {
    return { because: "waiting", counted: "waitingHere" };
  }
  if (mustConfirm && recent.waiting >= waitingPerNetwork) return { because: "waiting", counted: "waiting" };
  if (recent.recipient >= perRecipient) return { because: "recipient", counted: "recipient" };
  if (isNetworkUnknown) return null;
  if (recent.recipientAnywhere >= perRecipientAnywhere) return { because: "recipient", counted: null };
  if (recent.network >= perNetwork) return { because: "network", counted: "network" };
  return isGrave && recent.organizer >= perOrganizer ? { because: "organizer", counted: "organizer" } : null;
}

/** Refuses until what began at `since` drops out of the hour; where that isn't known, for an hour. Both are epoch milliseconds. */
export function refusalUntil(because: QuotaName, since: number | null, now: number): QuotaRefusal {
  const untilMs = (since ?? now) + windowMs - now;
  return { code: "too_many_bookings", because, retryAfterSeconds: Math.max(1, Math.ceil(untilMs / 1000)) };
}

/** How often a visitor may move one booking in a day. After that its organizer does. */
export const movesPerDay = 5;

/** Whether a visitor has moved a booking too often; `moves` are the instants (epoch milliseconds) of their moves. */
export function refuseMove(moves: readonly number[], now: number): QuotaRefusal | null {
  const dayMs = 24 * 3600_000;
  const recent = moves.filter((at) => at > now - dayMs);
  if (recent.length < movesPerDay) return null;
  const untilMs = Math.min(...recent) + dayMs - now;
  return { code: "too_many_bookings", because: "moves", retryAfterSeconds: Math.ceil(untilMs / 1000) };
}
