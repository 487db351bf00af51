/** A booking's status, as one word on a badge. PURE. */
import type { MeetingState } from "@/components/booking-page/meeting-badge";
import type { BookingView } from "@/lib/booking-record/queries";

/** The part of a booking that decides its status. */
export interface BookingStateInput {
  status: BookingView["status"];
  awaits: BookingView["awaits"];
  noShowAt: BookingView["noShowAt"];
  meeting: Pick<BookingView["meeting"], "kind" | "status" | "problem">;
}

export type BookingState = MeetingState | "pending" | "unconfirmed" | "cancelled" | "declined" | "no_show";

/** The problems that wait for the organizer to sign in at Microsoft. */
const waitsForSignIn = new Set(["reconnect_needed", "not_connected"]);

/** The problems that nothing but a person can take away. */
const needsSomebody = new Set([
  "misconfigured",
  "access_denied",
  "no_teams",
  "read_only",
  "no_mailbox",
  "refused",
]);

export function bookingState({ status, awaits, noShowAt, meeting }: BookingStateInput): BookingState {
  if (awaits === "visitor") return "unconfirmed";
  if (status !== "confirmed") return status;
  return noShowAt ? "no_show" : meetingState(meeting);
}

/** How a confirmed booking's meeting stands. */
export function meetingState(meeting: BookingStateInput["meeting"]): MeetingState {
  if (meeting.kind !== "teams") return isPlaceKind(meeting.kind) ? meeting.kind : "none";
  if (meeting.status === "ready") return "ready";
  const problem = meeting.problem ?? "";
  if (waitsForSignIn.has(problem)) return "waits";
  return meeting.status === "failed" || needsSomebody.has(problem) ? "failed" : "creating";
}

/** True for a confirmed booking whose Teams link is not verified. */
export function isLinkless({ status, meeting }: Pick<BookingStateInput, "status" | "meeting">): boolean {
  return status === "confirmed" && meeting.kind === "teams" && meeting.status !== "ready";
}

function isPlaceKind(kind: string): kind is "link" | "phone" | "in_person" | "none" {
  return ["link", "phone", "in_person", "none"].includes(kind);
}
