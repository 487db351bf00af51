/** Where Outlook differs from what it should have. PURE. */
import type { BookingStatus } from "@/lib/booking-record/policy";
import { addressKey } from "@/lib/input/addresses";

export type OutlookState =
  /** The event of a booking that no longer takes place. */
  | "left"
  /** An event that a change of the booking has not reached. */
  | "behind"
  /** An event that another one has replaced. */
  | "superseded";

interface OutlookStateInput {
  status: BookingStatus;
  visitorEmail: string;
  meeting: {
    problem: string | null;
    startsAt: Date;
    calendarEventId: string | null;
    calendarStartsAt: Date | null;
    /** In lower case. */
    invitedEmails: string[];
    /** Replaced events that could not be removed so far. */
    retired: unknown[];
    /** Of how many confirmed bookings the meeting is. */
    _count: { bookings: number };
  };
}

/** Null: everything is as it should be, or about to be for the first time. */
export function outlookStateOf({ meeting, status, visitorEmail }: OutlookStateInput): OutlookState | null {
  const { problem, calendarEventId, calendarStartsAt, startsAt, invitedEmails } = meeting;
  const hasEarlier = meeting.retired.length > 0;
  const isOutOfStep = calendarEventId !== null && problem !== null;
  if (status === "pending") return null;
  if (status === "confirmed") {
    if (isOutOfStep && calendarStartsAt?.getTime() !== startsAt.getTime()) return "behind";
    return hasEarlier ? "superseded" : null;
  }
  const isInvited = meeting._count.bookings === 0 || invitedEmails.includes(addressKey(visitorEmail));
  return (isOutOfStep && isInvited) || hasEarlier ? "left" : null;
}
