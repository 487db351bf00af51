/** Reads the event of a meeting for a comparison, and looks twice before it says that there is none. */

import type { ComparedMeeting } from "@/lib/calendar-sync/compared-meeting";
import { db } from "@/lib/database/client";
import { type CallRecord, note } from "@/lib/flight-recorder/flight-recorder";
import type { InspectedEvent } from "@/lib/meetings/calendar-port";
import { lostEventOf } from "@/lib/meetings/lost-event";
import { eventPlaceOf } from "@/lib/meetings/meeting-mailbox";
import { type CallContext, ProviderError } from "@/lib/meetings/provider";
import { calendarPort } from "@/lib/meetings/registry-calendar";

const callTimeoutMs = 8_000;

export type Calls = { record: CallRecord; at: Date }[];

/**
 * The event as it is now; null: it is proven not to be in the calendar any more. An answer that says that it is not found, or
 * is cancelled, and word that it was removed, all lead to a second look, which alone decides. Only an event that carries our
 * mark is ever looked at.
 */
export async function inspectEventOf(
  meeting: ComparedMeeting,
  isRemoved: boolean,
  calls: Calls,
): Promise<InspectedEvent | null | "not_ours" | "renamed"> {
  const provider = calendarPort("teams");
  const context: CallContext = {
    ...eventPlaceOf(meeting),
    priority: "sync",
    timeoutMs: callTimeoutMs,
    onCall: (record) => calls.push({ record, at: new Date(Date.now() - record.durationMs) }),
  };
  const event = await provider.inspectEvent(context, meeting.calendarEventId ?? "");
  if (event && event.meetingId !== meeting.id) return "not_ours";
  const isLive = event !== null && !event.isCancelled;
  if (isLive && !isRemoved) return event;
  const found = await provider.findLost(context, await lostEventOf(meeting, event));
  if (!found) return null;
  if (found.eventId !== meeting.calendarEventId) return rename(meeting, found.eventId);
  if (isLive) return event;
  throw new ProviderError("unavailable", "The calendar shows an event that was not found by its id.", {
    vendorCode: "unsettled_event",
  });
}

/** The calendar has the event under another id, as after a move of the mailbox. */
async function rename({ id, ...meeting }: ComparedMeeting, eventId: string): Promise<"renamed"> {
  await db().$transaction(async (tx) => {
    const { count } = await tx.meeting.updateMany({
      where: { id, calendarEventId: meeting.calendarEventId },
      data: { calendarEventId: eventId },
    });
    const ids = meeting.bookings.map((booking) => booking.id);
    if (count > 0) await note(tx, ids, { step: "event_found_again", outcome: "ok" });
  });
  return "renamed";
}
