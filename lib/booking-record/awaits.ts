/** Whom a booking waits for before it has any effect. PURE. */
import type { BookingStatus } from "@/lib/booking-record/policy";

export type Awaits = "visitor" | "organizer" | null;

/** Which bookings of an event type their visitor has to confirm from their own mailbox. */
export const emailChecks = ["suspicious", "always", "never"] as const;

interface AwaitsInput {
  status: BookingStatus;
  /** Until when its visitor has to confirm their address; null: no one has to. */
  confirmBy: Date | null;
}

/** How long a time is held for a visitor who has to confirm their address. */
export const confirmMinutes = 30;

/** The visitor goes first: the organizer is asked about a booking only once its visitor has confirmed it. */
export function awaitsOf({ status, confirmBy }: AwaitsInput): Awaits {
  if (status !== "pending") return null;
  return confirmBy === null ? "organizer" : "visitor";
}

/** True for a booking that was given up because its visitor never confirmed it. */
export function isLapsed({
  status,
  confirmBy,
  cancelledBy,
}: AwaitsInput & { cancelledBy: string | null }): boolean {
  return status === "cancelled" && cancelledBy === "clock" && confirmBy !== null;
}
