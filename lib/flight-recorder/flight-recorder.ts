import { log } from "@/lib/config/log";
import { afterCommit } from "@/lib/database/after-commit";
import type { Tx } from "@/lib/database/client";
import type { PrismaClient } from "@/lib/database/generated/client";

/** One call to the provider, as the flight recorder keeps it. Never a token, a body or a link. */
export interface CallRecord {
  /** Method and path with ids shortened, such as `POST /me/events`. */
  call: string;
  /** HTTP status; null when no answer came. */
  status: number | null;
  /** The provider's own id of the call, for its support. */
  requestId: string | null;
  durationMs: number;
  /** Stable code of what went wrong; null when it went well. */
  problem: string | null;
}

/** What happened to a booking. Words for people come from the message catalogue, by this name. */
export type FlightStep =
  | "booked"
  | "turn_taken"
  | "handed_over"
  | "handover_refused"
  | "approved"
  | "declined"
  | "expired"
  | "address_confirmed"
  | "confirmation_lapsed"
  | "waits_again"
  | "rescheduled"
  | "cancelled"
  | "no_show"
  | "attendance_read"
  | "repair_requested"
  | "running_late"
  | "visitor_erased"
  | "event_erased"
  | "call"
  | "meeting_created"
  | "link_verified"
  | "link_missing"
  | "options_set"
  | "options_untaken"
  | "options_wait"
  | "people_changed"
  | "meeting_moved"
  | "meeting_removed"
  | "meeting_vanished"
  | "event_found_again"
  | "event_retired"
  | "removal_waits"
  | "organizer_told"
  | "outlook_unclear"
  | "meeting_waits"
  | "meeting_failed"
  | "fallback_used"
  | "shared_calendar_closed"
  | "place_given"
  | "event_placed"
  | "room_answered"
  | "mailbox_out_of_reach"
  | "meeting_moves_over"
  | "removed_by_hand"
  | "outlook_asks"
  | "outlook_ignored"
  | "outlook_answered"
  | "outlook_link_lost"
  | "mail_sent"
  | "mail_waits"
  | "mail_failed"
  | "text_sent"
  | "text_waits"
  | "text_failed"
  | "text_unknown";

export interface FlightNote {
  step: FlightStep;
  outcome: "ok" | "waiting" | "failed";
  /** Numbers, codes and names of states: never a secret, a link or what a visitor wrote. */
  facts?: Record<string, string | number | boolean | null>;
}

/** Writes a line into the flight recorder of each of these bookings. */
export async function note(tx: Tx | PrismaClient, bookingIds: string[], line: FlightNote): Promise<void> {
  await tx.flightEntry.createMany({ data: bookingIds.map((bookingId) => flightColumns(bookingId, line)) });
  afterCommit(tx, () => logStep(bookingIds, line));
}

/** Says in the log what happened to bookings: which, and what, and nothing of anyone. */
export function logStep(bookingIds: string[], { step, outcome }: FlightNote): void {
  if (bookingIds.length > 0) log().info({ bookings: bookingIds, step, outcome }, "Booking");
}

/** The row of a line. */
export function flightColumns(bookingId: string, { step, outcome, facts = {} }: FlightNote) {
  return { bookingId, step, outcome, facts };
}

/** Writes provider calls into the flight recorder, in the order in which they were made. */
export async function noteCalls(
  tx: Tx | PrismaClient,
  bookingIds: string[],
  calls: { record: CallRecord; at: Date }[],
): Promise<void> {
  await tx.flightEntry.createMany({
    data: bookingIds.flatMap((bookingId) =>
      calls.map(({ record, at }) => ({
        bookingId,
        at,
        step: "call" satisfies FlightStep,
        outcome: record.problem ? "failed" : "ok",
        call: record.call,
        status: record.status,
        requestId: record.requestId,
        durationMs: Math.round(record.durationMs),
        facts: record.problem ? { problem: record.problem } : {},
      })),
    ),
  });
}
