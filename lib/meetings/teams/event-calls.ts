/** Single calls about events, for the adapter and for second looks. */
import type { CalendarEvent } from "@/lib/meetings/calendar-port";
import { markExpansion, markFilter, markOf, toCalendarEvent } from "@/lib/meetings/teams/events";
import type { GraphCall, GraphClient } from "@/lib/meetings/teams/graph";
import { type GraphAnswer, GraphError, readBody } from "@/lib/meetings/teams/graph-answer";
import { eventListSchema, eventSchema, type GraphEvent } from "@/lib/meetings/teams/graph-schema";

/** `onlineMeeting` stays empty unless `isOnlineMeeting` is selected too. */
const eventFields = "id,iCalUId,start,end,isCancelled,isOnlineMeeting,onlineMeeting,attendees,hideAttendees";

/** Our mark is asked for without a selection of fields: what it would do to expanded properties is written nowhere. */
const withMark = { $expand: markExpansion };

export const eventCall = (method: GraphCall["method"], eventId: string, more: Partial<GraphCall> = {}) => ({
  path: "/me/events/{event}",
  ...more,
  method,
  ids: { event: eventId },
});

/** Where the events of a calendar are; without an id, of the account's own. */
export function eventsOf(calendarId: string | null | undefined): Pick<GraphCall, "path" | "ids"> {
  return calendarId
    ? { path: "/me/calendars/{calendar}/events", ids: { calendar: calendarId } }
    : { path: "/me/events" };
}

/** Null: it is not found by its id, which alone proves nothing. */
export async function readById(graph: GraphClient, eventId: string): Promise<CalendarEvent | null> {
  const answer = await unlessGone(graph.call(eventCall("GET", eventId, { query: { $select: eventFields } })));
  return answer && toCalendarEvent(readBody(eventSchema, answer));
}

/** The same with all that people did to it, and with our mark. */
export async function readWhole(graph: GraphClient, eventId: string): Promise<GraphEvent | null> {
  const answer = await unlessGone(graph.call(eventCall("GET", eventId, { query: withMark })));
  return answer && readBody(eventSchema, answer);
}

/** The events of a calendar that carry the mark of one of our meetings. */
export async function listMarked(
  graph: GraphClient,
  meetingId: string,
  calendarId?: string | null,
): Promise<CalendarEvent[]> {
  const query = { $filter: markFilter(meetingId), ...withMark, $top: "10" };
  const answer = await graph.call({ method: "GET", ...eventsOf(calendarId), query });
  return readBody(eventListSchema, answer)
    .value.filter((event) => markOf(event) === meetingId)
    .map(toCalendarEvent);
}

/** Null: a write to an event was not found, which alone proves nothing. */
export async function unlessMissing(write: Promise<GraphAnswer>): Promise<GraphAnswer | null> {
  try {
    return await write;
  } catch (error) {
    if (error instanceof GraphError && error.isNotFound) return null;
    throw error;
  }
}

async function unlessGone<Answer>(answer: Promise<Answer>): Promise<Answer | null> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof GraphError && error.isGone) return null;
    throw error;
  }
}
