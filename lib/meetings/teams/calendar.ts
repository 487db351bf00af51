/** Outlook behind the calendar port: events, each with its Teams meeting, and what changes around them. */
import type { CalendarPort } from "@/lib/meetings/calendar-port";
import { ProviderError } from "@/lib/meetings/provider";
import { calendarReader } from "@/lib/meetings/teams/calendar-reader";
import { changedEvent, createEvent } from "@/lib/meetings/teams/create-event";
import { eventCall, listMarked, readById, readWhole, unlessMissing } from "@/lib/meetings/teams/event-calls";
import {
  markOf,
  toEventPlace,
  toEventTimes,
  toEventWords,
  toGraphAttendees,
  toInspectedEvent,
} from "@/lib/meetings/teams/events";
import { type GraphClient, openGraph } from "@/lib/meetings/teams/graph";
import { type GraphAnswer, GraphError } from "@/lib/meetings/teams/graph-answer";
import { mailboxSettingsReader } from "@/lib/meetings/teams/mailbox-settings";
import { presenceReader } from "@/lib/meetings/teams/presence";
import { roomReader } from "@/lib/meetings/teams/rooms";
import { findLost } from "@/lib/meetings/teams/second-look";
import { sharedCalendars } from "@/lib/meetings/teams/shared-calendars";
import { changeNotifier } from "@/lib/meetings/teams/subscriptions";
import { workHoursReader } from "@/lib/meetings/teams/work-hours";
import { withZone } from "@/lib/meetings/teams/zone-fallback";

export const teamsCalendar: CalendarPort = {
  createEvent: (context, input) =>
    createEvent(openGraph(context), input, { isShared: context.sharedCalendar !== undefined }),

  readEvent: (context, eventId) => readById(openGraph(context), eventId),

  async inspectEvent(context, eventId) {
    const event = await readWhole(openGraph(context), eventId);
    return event && toInspectedEvent(event);
  },

  findLost: (context, lost) => findLost(openGraph(context), lost),

  listMarked: (context, meetingId, calendarId) => listMarked(openGraph(context), meetingId, calendarId),

  async moveEvent(context, eventId, to) {
    const graph = openGraph(context);
    const patch = (timeZone: string) =>
      graph.call(eventCall("PATCH", eventId, { body: toEventTimes({ ...to, timeZone }) }));
    const answer = await unlessMissing(withZone(to.timeZone, patch));
    return answer && changedEvent(graph, answer, eventId);
  },

  async placeEvent(context, eventId, at) {
    const graph = openGraph(context);
    const body = toEventPlace(at);
    const answer = await unlessMissing(graph.call(eventCall("PATCH", eventId, { body })));
    return answer && changedEvent(graph, answer, eventId);
  },

  async setAttendees(context, eventId, { attendees, hideAttendees }) {
    const graph = openGraph(context);
    const body = { attendees: toGraphAttendees(attendees), ...(hideAttendees ? { hideAttendees } : {}) };
    const answer = await unlessMissing(graph.call(eventCall("PATCH", eventId, { body })));
    return answer && changedEvent(graph, answer, eventId);
  },

  async rewordEvent(context, eventId, to) {
    const graph = openGraph(context);
    const answer = await unlessMissing(graph.call(eventCall("PATCH", eventId, { body: toEventWords(to) })));
    return answer && changedEvent(graph, answer, eventId);
  },

  async removeEvent(context, eventId, { comment, hasAttendees }) {
    const graph = openGraph(context);
    const event = await readWhole(graph, eventId);
    if (!event) return "missing";
    if (markOf(event) === null) {
      throw new ProviderError("refused", "The event does not carry our mark.", { vendorCode: "not_ours" });
    }
    if (event.isCancelled) return "removed";
    const call = hasAttendees ? cancel(graph, eventId, comment) : graph.call(eventCall("DELETE", eventId));
    return (await unlessMissing(call)) ? "removed" : "missing";
  },

  ...calendarReader,
  ...changeNotifier,
  ...roomReader,
  ...sharedCalendars,
  ...presenceReader,
  ...mailboxSettingsReader,
  ...workHoursReader,
};

/** Cancels with a word to the attendees; an event that has lost them all can only be deleted. */
async function cancel(graph: GraphClient, eventId: string, comment: string): Promise<GraphAnswer> {
  try {
    const path = "/me/events/{event}/cancel";
    return await graph.call(eventCall("POST", eventId, { path, body: { comment } }));
  } catch (error) {
    if (!(error instanceof GraphError && error.status === 400)) throw error;
    return graph.call(eventCall("DELETE", eventId));
  }
}
