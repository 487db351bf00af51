/** Microsoft Teams behind the port: calendar events in Outlook, each with its Teams meeting. */
import {
  type CalendarEvent,
  type CalendarEventInput,
  type MeetingProvider,
  ProviderError,
} from "@/lib/meetings/provider";
import { calendarReader } from "@/lib/meetings/teams/calendar-reader";
import {
  markExpansion,
  markFilter,
  markOf,
  toCalendarEvent,
  toEventBody,
  toEventTimes,
  toGraphAttendees,
  toInspectedEvent,
} from "@/lib/meetings/teams/events";
import { type GraphCall, type GraphDoor, openGraph } from "@/lib/meetings/teams/graph";
import { type GraphAnswer, GraphError, readBody } from "@/lib/meetings/teams/graph-answer";
import {
  createdEventSchema,
  eventListSchema,
  eventSchema,
  ownEventSchema,
} from "@/lib/meetings/teams/graph-schema";
import { applyOptions } from "@/lib/meetings/teams/options";

/** `onlineMeeting` stays empty unless `isOnlineMeeting` is selected too. */
const eventFields = "id,iCalUId,start,end,isCancelled,isOnlineMeeting,onlineMeeting,attendees,hideAttendees";

/** Our mark is asked for without a selection of fields: what it would do to expanded properties is written nowhere. */
const withMark = { $expand: markExpansion };

export const teamsProvider: MeetingProvider = {
  async createEvent(context, input) {
    const graph = openGraph(context);
    if (input.online) await requireTeams(graph);
    try {
      return await create(graph, input);
    } catch (error) {
      // The calendar was removed: the account's own is always there.
      if (input.calendarId && error instanceof GraphError && error.isGone)
        return await create(graph, { ...input, calendarId: null });
      if (!(error instanceof GraphError) || error.details.vendorCode !== "ErrorDuplicateTransactionId")
        throw error;
      const existing = await findExisting(graph, input, error.existingEventId);
      if (existing) return existing;
      throw new ProviderError("superseded", "The event of this transaction id is gone.", {
        ...error.details,
        cause: error,
      });
    }
  },

  readEvent: (context, eventId) => read(openGraph(context), eventId),

  async inspectEvent(context, eventId) {
    const answer = await unlessGone(
      openGraph(context).call({
        method: "GET",
        path: "/me/events/{event}",
        ids: { event: eventId },
        query: withMark,
      }),
    );
    return answer && toInspectedEvent(readBody(eventSchema, answer));
  },

  findEvent: (context, meetingId, calendarId) => find(openGraph(context), meetingId, calendarId),

  async moveEvent(context, eventId, to) {
    const graph = openGraph(context);
    const patch = (timeZone: string) =>
      graph.call({
        method: "PATCH",
        path: "/me/events/{event}",
        ids: { event: eventId },
        body: toEventTimes({ ...to, timeZone }),
      });
    const answer = await unlessGone(withZone(to.timeZone, patch));
    return answer && changedEvent(graph, answer, eventId);
  },

  async setAttendees(context, eventId, { attendees, hideAttendees }) {
    const graph = openGraph(context);
    const answer = await unlessGone(
      graph.call({
        method: "PATCH",
        path: "/me/events/{event}",
        ids: { event: eventId },
        body: {
          attendees: toGraphAttendees(attendees),
          ...(hideAttendees ? { hideAttendees } : {}),
        },
      }),
    );
    return answer && changedEvent(graph, answer, eventId);
  },

  applyOptions: (context, wanted) => applyOptions(openGraph(context), wanted),

  async removeEvent(context, eventId, { comment, hasAttendees }) {
    const graph = openGraph(context);
    const found = await unlessGone(
      graph.call({
        method: "GET",
        path: "/me/events/{event}",
        ids: { event: eventId },
        query: withMark,
      }),
    );
    if (!found) return;
    const event = readBody(ownEventSchema, found);
    if (markOf(event) === null) {
      throw new ProviderError("refused", "The event does not carry our mark.", { vendorCode: "not_ours" });
    }
    if (event.isCancelled) return;
    await unlessGone(hasAttendees ? cancel(graph, eventId, comment) : graph.call(deletionOf(eventId)));
  },

  ...calendarReader,
};

/** Where Teams is missing Graph makes the event without a link and without a word: say so before there is one. */
async function requireTeams(graph: GraphDoor): Promise<void> {
  const { accountKind, teamsAvailable } = await graph.account();
  if (accountKind === "work" && teamsAvailable) return;
  throw new ProviderError("access_denied", "The account has no Teams meetings.", { vendorCode: "no_teams" });
}

async function create(graph: GraphDoor, input: CalendarEventInput): Promise<CalendarEvent> {
  const answer = await withZone(input.timeZone, (timeZone) =>
    graph.call({ method: "POST", ...eventsOf(input.calendarId), body: toEventBody({ ...input, timeZone }) }),
  );
  const { id } = readBody(createdEventSchema, answer);
  const event = await changedEvent(graph, answer, id);
  if (event) return event;
  throw new ProviderError("unavailable", "The event was gone as soon as it was made.");
}

/** The event as a write left it: as the answer shows it, or read by itself where the answer shows less than all. */
async function changedEvent(
  graph: GraphDoor,
  answer: GraphAnswer,
  eventId: string,
): Promise<CalendarEvent | null> {
  const shown = eventSchema.safeParse(answer.body);
  return shown.success ? toCalendarEvent(shown.data) : read(graph, eventId);
}

/** Tries the organizer's zone first. Exchange knows most IANA names but not all, and answers 400 to the others. */
async function withZone(
  timeZone: string,
  attempt: (timeZone: string) => Promise<GraphAnswer>,
): Promise<GraphAnswer> {
  try {
    return await attempt(timeZone);
  } catch (error) {
    const mayBeZone =
      error instanceof GraphError &&
      error.details.status === 400 &&
      error.details.vendorCode !== "ErrorDuplicateTransactionId";
    if (!mayBeZone || timeZone === "UTC") throw error;
    return attempt("UTC");
  }
}

/** The event that an earlier try made under the same transaction id, with other contents. */
async function findExisting(
  graph: GraphDoor,
  { meetingId, calendarId }: CalendarEventInput,
  existingEventId: string | null,
): Promise<CalendarEvent | null> {
  const named = existingEventId ? await read(graph, existingEventId, meetingId) : null;
  return named ?? find(graph, meetingId, calendarId);
}

/** Where the events of a calendar are; without an id, of the account's own. */
function eventsOf(calendarId: string | null | undefined): Pick<GraphCall, "path" | "ids"> {
  return calendarId
    ? { path: "/me/calendars/{calendar}/events", ids: { calendar: calendarId } }
    : { path: "/me/events" };
}

async function read(graph: GraphDoor, eventId: string, meetingId?: string): Promise<CalendarEvent | null> {
  const answer = await unlessGone(
    graph.call({
      method: "GET",
      path: "/me/events/{event}",
      ids: { event: eventId },
      query: meetingId ? withMark : { $select: eventFields },
    }),
  );
  if (!answer) return null;
  const event = readBody(eventSchema, answer);
  return meetingId && markOf(event) !== meetingId ? null : toCalendarEvent(event);
}

async function find(
  graph: GraphDoor,
  meetingId: string,
  calendarId?: string | null,
): Promise<CalendarEvent | null> {
  const answer = await graph.call({
    method: "GET",
    ...eventsOf(calendarId),
    query: { $filter: markFilter(meetingId), ...withMark, $top: "10" },
  });
  const events = readBody(eventListSchema, answer)
    .value.filter((event) => markOf(event) === meetingId)
    .map(toCalendarEvent);
  return events.find((event) => !event.isCancelled) ?? events[0] ?? null;
}

/** Cancels with a word to the attendees; an event that has lost them all can only be deleted. */
async function cancel(graph: GraphDoor, eventId: string, comment: string): Promise<GraphAnswer> {
  try {
    return await graph.call({
      method: "POST",
      path: "/me/events/{event}/cancel",
      ids: { event: eventId },
      body: { comment },
    });
  } catch (error) {
    if (!(error instanceof GraphError && error.details.status === 400)) throw error;
    return graph.call(deletionOf(eventId));
  }
}

const deletionOf = (eventId: string): GraphCall => ({
  method: "DELETE",
  path: "/me/events/{event}",
  ids: { event: eventId },
});

async function unlessGone(answer: Promise<GraphAnswer>): Promise<GraphAnswer | null> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof GraphError && error.isGone) return null;
    throw error;
  }
}
