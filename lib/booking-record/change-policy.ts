/** How long visitors can change their bookings themselves. It doesn't bind the organizer. PURE, for server and browser. */

import { type BookingStatus, canCancel, canReschedule } from "@/lib/booking-record/policy";
import { isBlank } from "@/lib/input/cut";

export const reasonRules = ["none", "optional", "required"] as const;
export type ReasonRule = (typeof reasonRules)[number];

export interface ChangePolicy {
  /** Visitors can cancel until this many minutes before the start. 0: until it ends, null: never. */
  cancelMinutes: number | null;
  /** Visitors can reschedule until this many minutes before the start. null: never. */
  rescheduleMinutes: number | null;
  /** Whether they are asked why. */
  reason: ReasonRule;
}

export const defaultChangePolicy: ChangePolicy = {
  cancelMinutes: 0,
  rescheduleMinutes: 0,
  reason: "optional",
};

export type Change = "cancel" | "reschedule";

interface Changeable {
  status: BookingStatus;
  startsAt: Date;
  endsAt: Date;
  confirmBy: Date | null;
}

/**
 * Whether a visitor may still make a change: `over` when no one can any more, `too_late` when only the organizer still
 * can. `now` is epoch milliseconds.
 */
export function visitorMay(
  change: Change,
  booking: Changeable,
  policy: ChangePolicy,
  now: number,
): "yes" | "too_late" | "over" {
  const isPossible = change === "cancel" ? canCancel(booking, now) : canReschedule(booking, now);
  if (!isPossible) return "over";
  const until = changesUntil(change, booking, policy);
  return until !== null && now < until ? "yes" : "too_late";
}

/** The instant (epoch milliseconds) at which a visitor's right to a change ends; null: they never have it. */
export function changesUntil(
  change: Change,
  { startsAt, endsAt }: Pick<Changeable, "startsAt" | "endsAt">,
  policy: ChangePolicy,
): number | null {
  const minutes = change === "cancel" ? policy.cancelMinutes : policy.rescheduleMinutes;
  if (minutes === null) return null;
  if (minutes === 0 && change === "cancel") return endsAt.getTime();
  return startsAt.getTime() - minutes * 60_000;
}

/** True when a visitor has to say why and has not. */
export function lacksReason(policy: ChangePolicy, reason: string | undefined): boolean {
  return policy.reason === "required" && isBlank(reason ?? "");
}
