import { calendarOf } from "@/tests/emulator/graph/calendars";
import { badRequest } from "@/tests/emulator/graph/errors";
import { EVENT_LIST_OPTIONS, matching, pageOf } from "@/tests/emulator/graph/events";
import { instancesBetween, instancesOf, requireInstance } from "@/tests/emulator/graph/instances";
import type { GraphContext, GraphReply, Route } from "@/tests/emulator/graph/route";

const LONGEST_WINDOW_MS = 1825 * 86_400_000;
const NOT_SELECTABLE = ["createdDateTime", "lastModifiedDateTime"];

export const calendarViewRoutes: Route[] = [
  {
    method: "GET",
    template: "/me/calendarView",
    scopes: ["Calendars.ReadBasic", "Calendars.Read", "Calendars.ReadWrite"],
    service: "outlook",
    options: ["startDateTime", "endDateTime", ...EVENT_LIST_OPTIONS],
    handle: calendarView,
  },
  {
    method: "GET",
    template: "/me/calendars/{calendar-id}/calendarView",
    twinOf: "/me/calendarView",
    scopes: ["Calendars.Read", "Calendars.ReadWrite"],
    service: "outlook",
    options: ["startDateTime", "endDateTime", ...EVENT_LIST_OPTIONS],
    handle: calendarView,
  },
  {
    method: "GET",
    template: "/me/events/{event-id}/instances",
    twinOf: "/me/calendarView",
    scopes: ["Calendars.Read", "Calendars.ReadWrite"],
    service: "outlook",
    options: ["startDateTime", "endDateTime", ...EVENT_LIST_OPTIONS],
    handle: instancesOfSeries,
  },
];

/** The occurrences and exceptions of a series; only a series has any. */
function instancesOfSeries(context: GraphContext): GraphReply {
  const window = readWindow(context);
  const [id = ""] = context.ids;
  const { event, type } = requireInstance(context.account, context.mailbox, id);
  if (type !== "seriesMaster") {
    throw badRequest("ErrorInvalidRequest", "Your request can't be completed. The event is not a series.");
  }
  const found = instancesOf(context.mailbox, event, window.startAt, window.endAt);
  return pageOf(context, matching(context, found), `/me/events/${encodeURIComponent(id)}/instances`, {
    startDateTime: window.startDateTime,
    endDateTime: window.endDateTime,
  });
}

function calendarView(context: GraphContext): GraphReply {
  const window = readWindow(context);
  const unselectable = context.options.select?.find((name) => NOT_SELECTABLE.includes(name));
  if (unselectable) {
    throw badRequest(
      "ErrorInvalidProperty",
      `The property '${unselectable}' cannot be selected in a calendar view.`,
    );
  }
  const { calendarKey, path } = calendarOf(context);
  const found = instancesBetween(context.mailbox, window.startAt, window.endAt, calendarKey);
  return pageOf(context, matching(context, found), `${path}/calendarView`, {
    startDateTime: window.startDateTime,
    endDateTime: window.endDateTime,
  });
}

/** Both ends are required; a value's own offset decides, none means UTC, whatever zone is preferred. */
export function readWindow(context: GraphContext) {
  const { startDateTime, endDateTime } = context.options;
  if (!startDateTime || !endDateTime) {
    throw badRequest(
      "ErrorInvalidParameter",
      "This request requires a time window specified by the query string parameters StartDateTime and EndDateTime.",
    );
  }
  const startAt = instantFrom(startDateTime, "startDateTime");
  const endAt = instantFrom(endDateTime, "endDateTime");
  if (endAt <= startAt)
    throw badRequest("ErrorInvalidParameter", "The end of the time window is not after its start.");
  if (endAt - startAt > LONGEST_WINDOW_MS) {
    throw badRequest(
      "ErrorInvalidRequest",
      "Your request can't be completed. The range between the start and end dates is greater than the allowed range. Maximum number of days: 1825.",
    );
  }
  return { startAt, endAt, startDateTime, endDateTime };
}

function instantFrom(value: string, name: string): number {
  const match = /^(\d{4}-\d{2}-\d{2})(T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,7})?)?)?(Z|[+-]\d{2}:\d{2})?$/.exec(
    value,
  );
  const [, date = "", time = "T00:00", offset = "Z"] = match ?? [];
  const at = match ? Date.parse(`${date}${time.slice(0, 13)}${offset}`) : Number.NaN;
  if (Number.isNaN(at))
    throw badRequest("ErrorInvalidParameter", `The value '${value}' of parameter '${name}' is invalid.`);
  return at;
}
