/**
 * Whether something that Graph did not find is really gone. A single answer never says so: calls about one thing fail while a
 * mailbox moves, or are answered from a copy that is late. The calendars themselves are asked, and only what they don't show
 * is gone.
 */

import type { LostEvent } from "@/lib/meetings/calendar-port";
import type { CalendarChoice } from "@/lib/meetings/calendar-reader";
import { ProviderError } from "@/lib/meetings/provider";
import { listMarked } from "@/lib/meetings/teams/event-calls";
import type { GraphClient } from "@/lib/meetings/teams/graph";
import { GraphError, readBody } from "@/lib/meetings/teams/graph-answer";
import { calendarIdsSchema, viewIdsSchema } from "@/lib/meetings/teams/graph-schema";
import { between, eachPage, viewOf } from "@/lib/meetings/teams/paging";

const dayMs = 24 * 3600_000;

/** Null: the calendars answered, and none of them has it. Throws `ProviderError` where one of them can't be asked. */
export async function findLost(graph: GraphClient, lost: LostEvent): Promise<{ eventId: string } | null> {
  for (const calendar of lost.calendars) {
    const shown = await inCalendar(graph, calendar, () => findShown(graph, calendar, lost));
    if (shown) return { eventId: shown };
  }
  const { meetingId } = lost;
  if (meetingId === null) return null;
  for (const calendar of lost.calendars) {
    const marked = await inCalendar(graph, calendar, () => listMarked(graph, meetingId, idOf(calendar)));
    const other = marked?.find(({ eventId, isCancelled }) => !isCancelled && !lost.others.includes(eventId));
    if (other) return { eventId: other.eventId };
  }
  return null;
}

/** The id under which a calendar shows the event around its time: its own, or another one with the same iCalUId. */
async function findShown(
  graph: GraphClient,
  calendar: CalendarChoice,
  lost: LostEvent,
): Promise<string | null> {
  const { startsAt, endsAt, eventId, iCalUId, others } = lost;
  let found: string | null = null;
  const around = between(new Date(startsAt.getTime() - dayMs), new Date(endsAt.getTime() + dayMs));
  const query = { ...around, $select: "id,iCalUId,isCancelled", $top: "100" };
  await eachPage(graph, { method: "GET", ...viewOf(calendar, ""), query }, (answer) => {
    const page = readBody(viewIdsSchema, answer);
    const live = page.value.filter(({ id, isCancelled }) => !isCancelled && !others.includes(id));
    if (live.some(({ id }) => id === eventId)) {
      found = eventId;
      return null;
    }
    found ??= (iCalUId && live.find((event) => event.iCalUId === iCalUId)?.id) || null;
    return page["@odata.nextLink"];
  });
  return found;
}

const idOf = ({ isDefault, calendarId }: CalendarChoice) => (isDefault ? null : calendarId);

/** Null where the calendar itself is gone, with all that was in it. */
async function inCalendar<Answer>(
  graph: GraphClient,
  calendar: CalendarChoice,
  ask: () => Promise<Answer>,
): Promise<Answer | null> {
  try {
    return await ask();
  } catch (error) {
    if (await isCalendarGone(graph, calendar, error)) return null;
    throw error;
  }
}

/** Whether an error means that a calendar was removed: Graph does not find it, and does not list it either. */
export async function isCalendarGone(
  graph: GraphClient,
  { isDefault, isShared, calendarId }: CalendarChoice,
  error: unknown,
): Promise<boolean> {
  // Of someone else's it says as well that it is shared no more.
  if (isDefault || isShared || !(error instanceof GraphError && error.isGone)) return false;
  let isListed = false;
  const query = { $select: "id", $top: "100" };
  await eachPage(graph, { method: "GET", path: "/me/calendars", query }, (answer) => {
    const page = readBody(calendarIdsSchema, answer);
    isListed ||= page.value.some(({ id }) => id === calendarId);
    return isListed ? null : page["@odata.nextLink"];
  });
  return !isListed;
}

/** An event that is shown in its calendar and not found by its id: Outlook has not made up its mind. */
export function unsettled(): ProviderError {
  return new ProviderError("unavailable", "Outlook shows an event that it does not find by its id.", {
    vendorCode: "unsettled_event",
  });
}
