/** An account's Outlook calendars behind the port: the list of them, busy times asked for live, and rounds of changes. */
import type {
  BusyChoice,
  BusyEvent,
  BusyInterval,
  CalendarChoice,
  CalendarInfo,
  CalendarReader,
  ChangesPage,
  RoundStart,
  SeenEvent,
} from "@/lib/meetings/calendar-reader";
import { ProviderError } from "@/lib/meetings/provider";
import { busyIntervalOf, isBlocking, markExpansion, toSeenEvent } from "@/lib/meetings/teams/events";
import {
  callGraphAs,
  type GraphAccount,
  type GraphCall,
  type GraphClient,
  openGraph,
} from "@/lib/meetings/teams/graph";
import { type GraphAnswer, GraphError, readBody } from "@/lib/meetings/teams/graph-answer";
import {
  busyPageSchema,
  calendarListSchema,
  deltaPageSchema,
  occurrencePageSchema,
  offersTeams,
} from "@/lib/meetings/teams/graph-schema";
import { between, eachPage, viewOf } from "@/lib/meetings/teams/paging";
import { isCalendarGone } from "@/lib/meetings/teams/second-look";

const calendarFields = "id,name,hexColor,isDefaultCalendar,canEdit,allowedOnlineMeetingProviders,owner";
const busyFields = "id,iCalUId,start,end,isAllDay,isCancelled,showAs,responseStatus";
const seenFields = "id,iCalUId,type,seriesMasterId,start,end,isAllDay,isCancelled,showAs,responseStatus";
const dayMs = 24 * 3600_000;

/** Entries of a delta page: few round trips for a full mailbox, and each answer well within a time limit. */
const deltaPageSize = 200;

export const calendarReader: CalendarReader = {
  async listCalendars(context) {
    const calendars: CalendarInfo[] = [];
    let own: string | null = null;
    const query = { $select: calendarFields, $top: "100" };
    await eachPage(openGraph(context), { method: "GET", path: "/me/calendars", query }, (answer) => {
      const page = readBody(calendarListSchema, answer);
      for (const calendar of page.value) {
        const owner = calendar.owner?.address?.toLowerCase() || null;
        if (calendar.isDefaultCalendar) own = owner;
        calendars.push({
          calendarId: calendar.id,
          name: calendar.name ?? "",
          color: calendar.hexColor || null,
          isDefault: calendar.isDefaultCalendar === true,
          canEdit: calendar.canEdit === true,
          hasMeetings: offersTeams(calendar),
          ownerAddress: owner,
        });
      }
      return page["@odata.nextLink"];
    });
    return calendars.map(({ ownerAddress, ...calendar }) => {
      const isOthers = own !== null && ownerAddress !== own && !calendar.isDefault;
      return { ...calendar, ownerAddress: isOthers ? ownerAddress : null };
    });
  },

  async readChanges(context, calendar, start) {
    const graph = openGraph(context);
    try {
      return toChangesPage(await graph.call(deltaCall(calendar, start)), isDelta(start));
    } catch (error) {
      if (!(error instanceof ProviderError)) throw error;
      const isWithoutId = calendar.isDefault || calendar.isShared;
      if (!("link" in start) && isWithoutId && error.isNotOffered) {
        return toChangesPage(await graph.call(wholeCall(calendar, start)), false);
      }
      if ("link" in start && error instanceof GraphError && error.isLinkLost) return "lost";
      if (await isCalendarGone(graph, calendar, error)) return "gone";
      throw error;
    }
  },

  async listOccurrences(context, seriesId, from, to) {
    const seen: SeenEvent[] = [];
    const first: GraphCall = {
      method: "GET",
      path: "/me/events/{event}/instances",
      ids: { event: seriesId },
      query: { ...between(from, to), $select: seenFields, $top: "100" },
    };
    try {
      await eachPage(openGraph(context), first, (answer) => {
        const page = readBody(occurrencePageSchema, answer);
        seen.push(...page.value.map((event) => ({ ...toSeenEvent(event), seriesId })));
        return page["@odata.nextLink"];
      });
      return seen;
    } catch (error) {
      if (error instanceof GraphError && error.isGone) return null;
      throw error;
    }
  },

  async listBusy(context, from, to, allDayZone = "UTC", { calendars, openStatuses }: BusyChoice = {}) {
    const asked = calendars ?? [{ calendarId: "", isDefault: true }];
    const found = await Promise.all(
      asked.map((calendar) => {
        const sharedCalendar = calendar.isShared ? calendar.calendarId : undefined;
        const graph = openGraph({ ...context, sharedCalendar });
        return readBusy(graph, calendar, { from, to, allDayZone, openStatuses });
      }),
    );
    return found.flat().sort((a, b) => a.startsAt.getTime() - b.startsAt.getTime());
  },
};

const lookTimeoutMs = 10_000;

/** What isn't free in an account's own calendar, with a token at hand that may see when, and what it's shown as, and no texts. */
export async function readBusyWith(
  account: GraphAccount,
  { from, to, timeZone }: { from: Date; to: Date; timeZone: string },
): Promise<BusyInterval[]> {
  const limits = { priority: "visitor", deadline: Date.now() + lookTimeoutMs } as const;
  const busy: BusyInterval[] = [];
  // All-day events are matched as UTC days, so the view is a day wider on each side.
  const wide = between(new Date(from.getTime() - dayMs), new Date(to.getTime() + dayMs));
  const query = { ...wide, $select: busyFields, $top: "100" };
  const look = { call: (call: GraphCall) => callGraphAs(account, limits, call) };
  await eachPage(look, { method: "GET", path: "/me/calendarView", query }, (answer) => {
    const page = readBody(busyPageSchema, answer);
    for (const event of page.value) if (isBlocking(event)) busy.push(busyIntervalOf(event, timeZone));
    return page["@odata.nextLink"];
  });
  return busy.filter(({ startsAt, endsAt }) => startsAt < to && endsAt > from);
}

interface BusyQuestion {
  from: Date;
  to: Date;
  allDayZone: string;
  openStatuses: BusyChoice["openStatuses"];
}

/** All-day events are matched as UTC days, so the view is a day wider on each side. */
async function readBusy(
  graph: GraphClient,
  calendar: CalendarChoice,
  { from, to, allDayZone, openStatuses }: BusyQuestion,
): Promise<BusyEvent[]> {
  const busy: BusyEvent[] = [];
  const wide = between(new Date(from.getTime() - dayMs), new Date(to.getTime() + dayMs));
  const view = { ...wide, $select: busyFields, $top: "100" };
  const readView = (query: Record<string, string>) =>
    eachPage(graph, { method: "GET", ...viewOf(calendar, ""), query }, (answer) => {
      const page = readBody(busyPageSchema, answer);
      for (const event of page.value) {
        if (!isBlocking(event, openStatuses)) continue;
        const interval = busyIntervalOf(event, allDayZone);
        const isWithin = interval.startsAt < to && interval.endsAt > from;
        if (isWithin) busy.push({ eventId: event.id, iCalUId: event.iCalUId ?? null, ...interval });
      }
      return page["@odata.nextLink"];
    });
  // In someone else's calendar the events of other organizers have the mark as well: their own are known by their IDs alone.
  if (calendar.isShared) {
    await readView(view);
    return busy;
  }
  try {
    await readView({ ...view, $expand: markExpansion }).catch((error) => {
      // Our own events are known by their ids as well: without their marks the question is still a good one.
      if (!(error instanceof GraphError && error.status === 400)) throw error;
      return readView(view);
    });
  } catch (error) {
    // A calendar that its owner has removed takes no time.
    if (await isCalendarGone(graph, calendar, error)) return [];
    throw error;
  }
  return busy;
}

function deltaCall(calendar: CalendarChoice, start: RoundStart): GraphCall {
  const view = { method: "GET", ...viewOf(calendar, "/delta"), pageSize: deltaPageSize } as const;
  return "link" in start ? { ...view, link: start.link } : { ...view, query: between(start.from, start.to) };
}

/** Not every cloud has delta queries: there everything is read each time. */
function wholeCall(calendar: CalendarChoice, { from, to }: { from: Date; to: Date }): GraphCall {
  const query = { ...between(from, to), $select: seenFields, $top: String(deltaPageSize) };
  return { method: "GET", ...viewOf(calendar, ""), query };
}

/** Whether what comes from there ends with a link to later changes. */
const isDelta = (start: RoundStart) => !("link" in start) || /\/delta\b/.test(start.link);

function toChangesPage(answer: GraphAnswer, isDelta: boolean): ChangesPage {
  const {
    value,
    "@odata.nextLink": nextLink,
    "@odata.deltaLink": deltaLink,
  } = readBody(deltaPageSchema, answer);
  const link = nextLink || deltaLink || null;
  if (link === null && isDelta) {
    throw new ProviderError(
      "unavailable",
      "A page of changes says neither how to go on nor that it is the last.",
      {
        vendorCode: "unreadable_answer",
      },
    );
  }
  const last = new Map(value.map((entry) => [entry.id, entry]));
  const removedIds: string[] = [];
  const seen: SeenEvent[] = [];
  for (const entry of last.values()) {
    if ("@removed" in entry) removedIds.push(entry.id);
    else seen.push(toSeenEvent(entry));
  }
  return { seen, removedIds, link, isLast: !nextLink };
}
