import type { InputIssue } from "@/lib/input/parse";

/** Exchange allows no more people in one event (Microsoft Graph: user-post-events). */
export const maxAttendees = 500;

/** How many guests one booking may bring, so that even a full session fits into one Outlook event. PURE. */
export function maxGuests(seats: number | null | undefined): number {
  return Math.min(20, Math.floor(maxAttendees / (seats ?? 1)) - 1);
}

/** The error for too many guests. PURE. */
export function checkGuests(seats: number | null | undefined, guests: readonly string[] = []): InputIssue[] {
  const maximum = maxGuests(seats);
  return guests.length > maximum ? [{ path: "guests", message: "guests_too_many", values: { maximum } }] : [];
}
