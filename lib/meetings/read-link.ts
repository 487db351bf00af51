import type { CalendarEvent } from "@/lib/meetings/calendar-port";
import { renewLease } from "@/lib/meetings/meeting-lease";
import type { CallContext } from "@/lib/meetings/provider";
import { calendarPort } from "@/lib/meetings/registry-calendar";

/** The pauses between the immediate tries to read a link that is not there yet, in milliseconds. */
const linkPauses = [250, 750, 1500];

export const isLive = (event: CalendarEvent | null): event is CalendarEvent =>
  event !== null && !event.isCancelled;

/**
 * Reads the event again until it shows its link, a few times in a row. Null: it is not found. One that is new may not be found
 * at first: it is given the same time.
 */
export async function readLinkBack(
  meetingId: string,
  context: CallContext,
  event: CalendarEvent,
  { isNew = false } = {},
): Promise<CalendarEvent | null> {
  const provider = calendarPort("teams");
  let seen = await provider.readEvent(context, event.eventId);
  for (const pause of linkPauses) {
    const isSettled = seen === null ? !isNew : seen.joinUrl !== null || !seen.online;
    if (isSettled) break;
    await new Promise((resolve) => setTimeout(resolve, pause));
    await renewLease(meetingId);
    seen = await provider.readEvent(context, event.eventId);
  }
  return seen;
}
