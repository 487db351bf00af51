import { z } from "zod";
import { calendarOf, findCalendar } from "@/tests/emulator/graph/calendars";
import { accessDenied, badRequest, GraphRefusal, invalidProperty } from "@/tests/emulator/graph/errors";
import { changedEventSchema, newEventSchema, parseBody } from "@/tests/emulator/graph/event-input";
import { EVENT_PROPERTIES, etagOf, type GraphEvent, toGraphEvent } from "@/tests/emulator/graph/event-shape";
import { readExtendedExpand, readExtendedFilter } from "@/tests/emulator/graph/extended-properties";
import { type Instance, instanceId, requireInstance, wholeEvent } from "@/tests/emulator/graph/instances";
import { createEvent, removeEvent, updateEvent } from "@/tests/emulator/graph/mailbox";
import { select } from "@/tests/emulator/graph/query-options";
import {
  contextUrl,
  type GraphContext,
  type GraphReply,
  linkBase,
  type Route,
} from "@/tests/emulator/graph/route";
import { idKindOf, sha256 } from "@/tests/emulator/ids";
import type { StoredEvent } from "@/tests/emulator/state";

const WRITE = ["Calendars.ReadWrite"];
const READ = ["Calendars.Read", "Calendars.ReadWrite"];
const DEFAULT_PAGE = 10;
const EVENT = "/me/events/{event-id}";
const CALENDAR_EVENTS = "/me/calendars/{calendar-id}/events";

export const EVENT_LIST_OPTIONS = [
  "$top",
  "$skip",
  "$filter",
  "$select",
  "$expand",
  "$orderby",
  "$count",
] as const;

export const eventRoutes: Route[] = [
  {
    method: "POST",
    template: "/me/events",
    scopes: WRITE,
    service: "outlook",
    options: [],
    body: "required",
    handle: postEvent,
  },
  {
    method: "GET",
    template: "/me/events",
    scopes: READ,
    service: "outlook",
    options: EVENT_LIST_OPTIONS,
    handle: listEvents,
  },
  {
    method: "POST",
    template: CALENDAR_EVENTS,
    twinOf: "/me/events",
    scopes: WRITE,
    service: "outlook",
    options: [],
    body: "required",
    handle: postEvent,
  },
  {
    method: "GET",
    template: CALENDAR_EVENTS,
    twinOf: "/me/events",
    scopes: READ,
    service: "outlook",
    options: EVENT_LIST_OPTIONS,
    handle: listEvents,
  },
  {
    method: "GET",
    template: EVENT,
    scopes: READ,
    service: "outlook",
    options: ["$select", "$expand"],
    handle: getEvent,
  },
  {
    method: "PATCH",
    template: EVENT,
    scopes: WRITE,
    service: "outlook",
    options: [],
    body: "required",
    handle: patchEvent,
  },
  { method: "DELETE", template: EVENT, scopes: WRITE, service: "outlook", options: [], handle: deleteEvent },
  {
    method: "POST",
    template: `${EVENT}/cancel`,
    scopes: WRITE,
    service: "outlook",
    options: [],
    body: "optional",
    handle: cancelEvent,
  },
];

/** The same transactionId with the same content is the same event; with other content it is an error. */
function postEvent(context: GraphContext): GraphReply {
  const { world, account, mailbox } = context;
  const { transactionId, ...input } = parseBody(newEventSchema, context.body, "Event");
  if (!input.start || !input.end) throw invalidProperty("'start' and 'end' are required.");
  const fingerprint = sha256(canonical({ ...input })).toString("base64url");
  const earlier = transactionId ? mailbox.transactions[transactionId] : undefined;
  if (earlier) return answerRepeated(context, earlier, fingerprint);
  const event = createEvent(world, account, input, { transactionId, calendarKey: writableCalendar(context) });
  if (transactionId) mailbox.transactions[transactionId] = { eventKey: event.key, fingerprint };
  return created(context, event);
}

/** The calendar of a new event; one that may only be read refuses it. */
function writableCalendar(context: GraphContext): string | null {
  const { calendarKey } = calendarOf(context);
  if (calendarKey && !findCalendar(context.mailbox, calendarKey)?.canEdit) throw accessDenied();
  return calendarKey;
}

function answerRepeated(
  context: GraphContext,
  earlier: { eventKey: string; fingerprint: string },
  fingerprint: string,
): GraphReply {
  const event = context.mailbox.events[earlier.eventKey];
  if (event && event.folder === "calendar" && earlier.fingerprint === fingerprint)
    return created(context, event);
  const existing = event ? instanceId(context.account, wholeEvent(event), context.prefer.idKind) : "";
  throw new GraphRefusal(
    400,
    "ErrorDuplicateTransactionId",
    "Your request can't be completed. The TransactionId specified in the request has already been used to create a different event.",
    { annotations: { "@event.existingEventId": existing } },
  );
}

function created(context: GraphContext, event: StoredEvent): GraphReply {
  const shape = toGraphEvent(context.account, wholeEvent(event), context.prefer);
  return {
    status: 201,
    headers: { location: `${context.request.baseUrl}/me/events('${shape.id}')` },
    body: entity(context, shape),
  };
}

function listEvents(context: GraphContext): GraphReply {
  const { calendarKey, path } = calendarOf(context);
  const all = Object.values(context.mailbox.events)
    .filter((event) => event.folder === "calendar" && event.type !== "exception")
    .filter((event) => (event.calendarKey ?? null) === calendarKey)
    .map(wholeEvent);
  return pageOf(context, matching(context, all), `${path}/events`, {});
}

function getEvent(context: GraphContext): GraphReply {
  const one = requireFrom(context);
  const { teams } = one.event;
  if (teams && teams.hiddenReads > 0) teams.hiddenReads -= 1;
  return { status: 200, body: entity(context, shapeOf(context, one)), headers: { etag: etagOf(one) } };
}

function patchEvent(context: GraphContext): GraphReply {
  const input = parseBody(changedEventSchema, context.body, "Event");
  const one = requireFrom(context);
  checkIfMatch(context, one);
  const changed = updateEvent(context.world, context.account, one, input);
  return { status: 200, body: entity(context, toGraphEvent(context.account, changed, context.prefer)) };
}

function deleteEvent(context: GraphContext): GraphReply {
  const one = requireFrom(context);
  checkIfMatch(context, one);
  removeEvent(context.world, context.account, one, { comment: null, isCancelled: false });
  return { status: 204 };
}

const cancelSchema = z.strictObject({ comment: z.string().nullish(), Comment: z.string().nullish() });

function cancelEvent(context: GraphContext): GraphReply {
  const input = parseBody(cancelSchema, context.body ?? {}, "cancel");
  const one = requireFrom(context);
  if (one.event.foreignOrganizer) {
    throw badRequest(
      "ErrorInvalidRequest",
      "Your request can't be completed. You need to be an organizer to cancel a meeting.",
    );
  }
  if (one.event.attendees.length === 0) {
    throw badRequest(
      "ErrorInvalidRequest",
      "Your request can't be completed. The event has no attendees, so there is no meeting to cancel.",
    );
  }
  const comment = input.comment ?? input.Comment ?? null;
  removeEvent(context.world, context.account, one, { comment, isCancelled: true });
  return { status: 202 };
}

function requireFrom(context: GraphContext): Instance {
  const [id = ""] = context.ids;
  const kind = idKindOf(id);
  if (kind) context.mailbox.idKindsUsed[kind] += 1;
  const withDeleted = context.world.state.settings.deletedItemsReadable && context.request.method === "GET";
  return requireInstance(context.account, context.mailbox, id, withDeleted);
}

function checkIfMatch(context: GraphContext, one: Instance): void {
  const wanted = context.request.headers["if-match"];
  if (wanted && wanted !== "*" && wanted !== etagOf(one)) {
    throw new GraphRefusal(
      412,
      "ErrorIrresolvableConflict",
      "The send or update operation could not be performed because the change key passed in the request does not match the current change key for the item.",
    );
  }
}

/** Applies `$filter` and `$orderby`, of which only the documented forms are known. */
export function matching(context: GraphContext, all: Instance[]): Instance[] {
  const { filter, orderBy } = context.options;
  const wanted = filter === null ? null : readExtendedFilter(filter);
  const found = all.filter(
    (one) =>
      wanted === null ||
      one.event.extendedProperties[wanted.id]?.toLowerCase() === wanted.value.toLowerCase(),
  );
  if (orderBy === null) return found;
  const match = /^start\/dateTime(?: (asc|desc))?$/.exec(orderBy);
  if (!match)
    throw badRequest("ErrorInvalidUrlQuery", `The property in $orderby '${orderBy}' is not supported.`);
  const sign = match[1] === "desc" ? -1 : 1;
  return [...found].sort((a, b) => sign * (a.startAt - b.startAt));
}

/** One page of events and the link to the next. */
export function pageOf(
  context: GraphContext,
  all: Instance[],
  path: string,
  parameters: Record<string, string>,
): GraphReply {
  const { options } = context;
  const size = options.top ?? context.prefer.maxPageSize ?? DEFAULT_PAGE;
  const end = options.skip + size;
  const shown = all.slice(options.skip, end);
  const link = new URLSearchParams(parameters);
  for (const [name, value] of context.request.query) if (name.startsWith("$")) link.set(name, value);
  link.set("$top", String(size));
  link.set("$skip", String(end));
  return {
    status: 200,
    body: {
      "@odata.context": contextUrl(context, `users('${context.account.id}')${path.replace("/me", "")}`),
      ...(options.count ? { "@odata.count": all.length } : {}),
      value: shown.map((one) => shapeOf(context, one)),
      ...(end < all.length && size > 0 ? { "@odata.nextLink": `${linkBase(context)}${path}?${link}` } : {}),
    },
  };
}

/** An event with `$select` and `$expand` applied. Selecting `onlineMeeting` alone leaves it empty, as Outlook does. */
export function shapeOf(context: GraphContext, one: Instance): Partial<GraphEvent> {
  const names = context.options.select;
  const shape = select(toGraphEvent(context.account, one, context.prefer), names, EVENT_PROPERTIES, "Event");
  if (names?.includes("onlineMeeting") && !names.includes("isOnlineMeeting") && !names.includes("*")) {
    shape.onlineMeeting = null;
  }
  const expanded = context.options.expand === null ? null : readExtendedExpand(context.options.expand);
  if (!expanded) return shape;
  const properties = Object.entries(one.event.extendedProperties).filter(([id]) => expanded.includes(id));
  return properties.length === 0
    ? shape
    : { ...shape, singleValueExtendedProperties: properties.map(([id, value]) => ({ id, value })) };
}

function entity(context: GraphContext, shape: Partial<GraphEvent>): object {
  return { "@odata.context": contextUrl(context, `users('${context.account.id}')/events/$entity`), ...shape };
}

/** JSON with its keys in order, so that two spellings of the same content compare equal. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === "object" && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => a.localeCompare(b)))
      : inner,
  );
}
