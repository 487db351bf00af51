/** Rules of a booking's life. PURE. */

export type BookingStatus = "pending" | "confirmed" | "declined" | "cancelled";

/** A booking in one of these states holds its time. */
export const holdingStatuses = ["pending", "confirmed"] as const satisfies BookingStatus[];

function holdsTime(status: BookingStatus): boolean {
  return status === "pending" || status === "confirmed";
}

/** Whether a visitor or organizer may still cancel: only what holds its time and is not over. */
export function canCancel(booking: { status: BookingStatus; endsAt: Date }, now: number): boolean {
  return holdsTime(booking.status) && booking.endsAt.getTime() > now;
}

/**
 * Whether a booking may still be moved: only what holds its time, has not begun, and waits for no visitor (`confirmBy`), who was
 * asked about this one time.
 */
export function canReschedule(
  booking: { status: BookingStatus; startsAt: Date; confirmBy: Date | null },
  now: number,
): boolean {
  return holdsTime(booking.status) && booking.confirmBy === null && booking.startsAt.getTime() > now;
}
