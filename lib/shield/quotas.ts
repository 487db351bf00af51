/** What no one may do more often in an hour, confirmed or not. PURE. People who book for themselves never come near. */
import { type Recent, windowMs } from "@/lib/shield/recent";

export const quotaNames = ["recipient", "network", "organizer", "waiting"] as const;

export type QuotaName = (typeof quotaNames)[number];

export interface QuotaRefusal {
  code: "too_many_bookings";
  because: QuotaName | "moves";
  retryAfterSeconds: number;
}

/** A booking that breaks a quota; moves have one of their own. */
type BookingRefusal = QuotaRefusal & { because: QuotaName };

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
  now: number;
  /** Its visitor would have to confirm it. */
  mustConfirm: boolean;
  /** It is suspicious by itself, and not only since its organizer gets very many. */
  isGrave: boolean;
  isNetworkUnknown: boolean;
}

/** Which quota a booking would break, and when it no longer does; null: none. */
export function refuseByQuota(asked: Asked): BookingRefusal | null {
  const { recent, now, mustConfirm, isGrave, isNetworkUnknown } = asked;
  const isWaiting =
    recent.waiting.count >= waitingPerNetwork || recent.waitingHere.count >= waitingPerVisitor;
  if (mustConfirm && isWaiting)
    return refusal("waiting", now, recent.waitingHere.since ?? recent.waiting.since);
  if (recent.recipient.count >= perRecipient) return refusal("recipient", now, recent.recipient.since);
  if (isNetworkUnknown) return null;
  if (recent.recipientAnywhere.count >= perRecipientAnywhere) {
    return refusal("recipient", now, recent.recipientAnywhere.since);
  }
  if (recent.network.count >= perNetwork) return refusal("network", now, recent.network.since);
  if (isGrave && recent.organizer.count >= perOrganizer) {
    return refusal("organizer", now, recent.organizer.since);
  }
  return null;
}

function refusal(because: QuotaName, now: number, since: number | null): BookingRefusal {
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
