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

/** Whether a booking may still be moved: only what holds its time and has not begun. */
export function canReschedule(booking: { status: BookingStatus; startsAt: Date }, now: number): boolean {
  return holdsTime(booking.status) && booking.startsAt.getTime() > now;
}
