/** Makes an event once, however often it is asked for. */
import type { CalendarEvent, CalendarEventInput } from "@/lib/meetings/calendar-port";
import { ProviderError } from "@/lib/meetings/provider";
import { eventsOf, readById, readWhole } from "@/lib/meetings/teams/event-calls";
import { markOf, toCalendarEvent, toEventBody } from "@/lib/meetings/teams/events";
import type { GraphClient } from "@/lib/meetings/teams/graph";
import { type GraphAnswer, GraphError, readBody } from "@/lib/meetings/teams/graph-answer";
import { createdEventSchema, eventSchema } from "@/lib/meetings/teams/graph-schema";
import { findLost, isCalendarGone, unsettled } from "@/lib/meetings/teams/second-look";
import { withZone } from "@/lib/meetings/teams/zone-fallback";

/** `isShared`: in someone else's calendar, where the meeting is theirs and what the account has is no matter. */
export async function createEvent(
  graph: GraphClient,
  input: CalendarEventInput,
  { isShared = false } = {},
): Promise<CalendarEvent> {
  if (input.online && !isShared) await requireTeams(graph);
  try {
    return await create(graph, input);
  } catch (error) {
    const { calendarId } = input;
    // The calendar was removed: the account's own is always there.
    if (calendarId && (await isCalendarGone(graph, { calendarId, isDefault: false }, error)))
      return await createEvent(graph, { ...input, calendarId: null });
    if (!(error instanceof GraphError) || error.details.vendorCode !== "ErrorDuplicateTransactionId")
      throw error;
    const existing = await findExisting(graph, input, error.more.existingEventId);
    if (existing) return existing;
    throw new ProviderError("superseded", "The event of this transaction id is gone.", {
      ...error.details,
      cause: error,
    });
  }
}

/** Where Teams is missing Graph makes the event without a link and without a word: say so before there is one. */
async function requireTeams(graph: GraphClient): Promise<void> {
  const { accountKind, teamsAvailable } = await graph.account();
  if (accountKind === "work" && teamsAvailable) return;
  throw new ProviderError("access_denied", "The account has no Teams meetings.", { vendorCode: "no_teams" });
}

async function create(graph: GraphClient, input: CalendarEventInput): Promise<CalendarEvent> {
  const answer = await withZone(input.timeZone, (timeZone) =>
    graph.call({ method: "POST", ...eventsOf(input.calendarId), body: toEventBody({ ...input, timeZone }) }),
  );
  const { id } = readBody(createdEventSchema, answer);
  const event = await changedEvent(graph, answer, id);
  if (event) return event;
  throw new ProviderError("unavailable", "The event is not found just after it was made.");
}

/** The event as a write left it: as the answer shows it, or read by itself where the answer shows less than all. */
export async function changedEvent(
  graph: GraphClient,
  answer: GraphAnswer,
  eventId: string,
): Promise<CalendarEvent | null> {
  const shown = eventSchema.safeParse(answer.body);
  return shown.success ? toCalendarEvent(shown.data) : readById(graph, eventId);
}

/** The event that an earlier try made under the same transaction id, with other contents. Null: it is proven to be gone. */
async function findExisting(
  graph: GraphClient,
  { meetingId, calendarId, startsAt, endsAt, otherEventIds = [] }: CalendarEventInput,
  existingEventId: string | null,
): Promise<CalendarEvent | null> {
  const named = existingEventId ? await readWhole(graph, existingEventId) : null;
  const isOurs = named !== null && markOf(named) === meetingId;
  if (isOurs && !named.isCancelled) return toCalendarEvent(named);
  const calendars = [
    { calendarId: "", isDefault: true },
    ...(calendarId ? [{ calendarId, isDefault: false }] : []),
  ];
  const eventId = named && !isOurs ? null : existingEventId;
  const where = { iCalUId: null, startsAt, endsAt, calendars, others: otherEventIds };
  const found = await findLost(graph, { ...where, eventId, meetingId });
  if (!found) return null;
  const event = await readById(graph, found.eventId);
  if (!event) throw unsettled();
  return event;
}
