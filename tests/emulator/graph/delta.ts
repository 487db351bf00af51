import { readWindow } from "@/tests/emulator/graph/calendar-view";
import { calendarOf } from "@/tests/emulator/graph/calendars";
import { badRequest, GraphRefusal } from "@/tests/emulator/graph/errors";
import { etagOf, toGraphEvent } from "@/tests/emulator/graph/event-shape";
import {
  findInstance,
  type Instance,
  instanceKey,
  instancesBetween,
  seriesMasters,
} from "@/tests/emulator/graph/instances";
import {
  contextUrl,
  type GraphContext,
  type GraphReply,
  linkBase,
  type Route,
} from "@/tests/emulator/graph/route";
import { guid, itemId } from "@/tests/emulator/ids";
import type { DeltaRound } from "@/tests/emulator/state";

const DEFAULT_PAGE = 10;
/** Older rounds than these are forgotten, and their tokens with them. */
const ROUNDS_KEPT = 200;
const PATH = "/me/calendarView/delta";

export const deltaRoutes: Route[] = [
  {
    method: "GET",
    template: PATH,
    scopes: ["Calendars.Read", "Calendars.ReadWrite"],
    service: "outlook",
    // $select, $expand, $filter, $orderby, $search and paging options are not supported here.
    options: ["startDateTime", "endDateTime", "$skiptoken", "$deltatoken"],
    handle: delta,
  },
  {
    method: "GET",
    template: "/me/calendars/{calendar-id}/calendarView/delta",
    twinOf: PATH,
    scopes: ["Calendars.Read", "Calendars.ReadWrite"],
    service: "outlook",
    options: ["startDateTime", "endDateTime", "$skiptoken", "$deltatoken"],
    handle: delta,
  },
];

/** Only changes since the token; a nextLink or a deltaLink, never both. The window lives in the token. */
function delta(context: GraphContext): GraphReply {
  const { skipToken, deltaToken, startDateTime, endDateTime } = context.options;
  const token = skipToken ?? deltaToken;
  if (token === null) return pageOfRound(context, firstRound(context), 0);
  if ((skipToken && deltaToken) || startDateTime || endDateTime) {
    throw badRequest(
      "ErrorInvalidUrlQuery",
      "A link of a delta query is used as it is, without further parameters.",
    );
  }
  const [roundId = "", offset = "0"] = decodeToken(token);
  const { calendarKey } = calendarOf(context);
  const round = context.mailbox.deltaRounds.find((known) => known.id === roundId);
  if (!round || (round.calendarKey ?? null) !== calendarKey) throw syncStateLost(context);
  return skipToken
    ? pageOfRound(context, round, Number(offset))
    : pageOfRound(context, nextRound(context, round), 0);
}

function firstRound(context: GraphContext): DeltaRound {
  const window = readWindow(context);
  const pageSize = context.prefer.maxPageSize ?? DEFAULT_PAGE;
  return openRound(context, { ...window, pageSize, calendarKey: calendarOf(context).calendarKey }, {});
}

function nextRound(context: GraphContext, before: DeltaRound): DeltaRound {
  const pageSize = context.prefer.maxPageSize ?? before.pageSize;
  return openRound(context, { ...before, pageSize }, before.known);
}

function openRound(
  context: GraphContext,
  window: Pick<DeltaRound, "startAt" | "endAt" | "pageSize" | "calendarKey">,
  before: Record<string, string>,
): DeltaRound {
  const known = versionsIn(context, window);
  const { deltaNamesRemovedOccurrences } = context.world.state.settings;
  const removed = Object.keys(before).filter((key) => !(key in known));
  const round: DeltaRound = {
    id: guid(),
    calendarKey: window.calendarKey ?? null,
    startAt: window.startAt,
    endAt: window.endAt,
    pageSize: window.pageSize,
    known,
    pending: inOrder(context, [
      ...Object.keys(known).filter((key) => known[key] !== before[key]),
      ...removed.filter((key) => deltaNamesRemovedOccurrences || !key.includes("|")),
    ]),
  };
  const rounds = context.mailbox.deltaRounds;
  rounds.push(round);
  if (rounds.length > ROUNDS_KEPT) rounds.splice(0, rounds.length - ROUNDS_KEPT);
  return round;
}

/** Graph promises no order, and not that an entry comes only once. */
function inOrder({ world, mailbox }: GraphContext, keys: string[]): string[] {
  const { deltaMasters, deltaRepeats } = world.state.settings;
  const isMaster = (key: string) => mailbox.events[key]?.type === "seriesMaster";
  const masters = deltaMasters === "never" ? [] : keys.filter(isMaster);
  const others = keys.filter((key) => !isMaster(key));
  const ordered = deltaMasters === "last" ? [...others, ...masters] : [...masters, ...others];
  return deltaRepeats ? [...ordered, ...ordered] : ordered;
}

/** Each instance in the window with its version; any change of a series makes all of it new. */
function versionsIn(
  context: GraphContext,
  { startAt, endAt, calendarKey }: Pick<DeltaRound, "startAt" | "endAt" | "calendarKey">,
): Record<string, string> {
  const inWindow = instancesBetween(context.mailbox, startAt, endAt, calendarKey ?? null);
  const versions: Record<string, string> = {};
  for (const master of seriesMasters(context.mailbox)) {
    if (inWindow.some((one) => one.series === master)) versions[master.key] = master.changeKey;
  }
  for (const one of inWindow)
    versions[instanceKey(one)] = `${one.series?.changeKey ?? ""}${one.event.changeKey}`;
  return versions;
}

function pageOfRound(context: GraphContext, round: DeltaRound, offset: number): GraphReply {
  const end = offset + round.pageSize;
  const value = round.pending.slice(offset, end).map((key) => entry(context, round, key));
  const link = (name: string, token: string) =>
    `${linkBase(context)}${calendarOf(context).path}/calendarView/delta?${name}=${encodeURIComponent(token)}`;
  return {
    status: 200,
    body: {
      "@odata.context": contextUrl(context, "Collection(event)"),
      value,
      ...(end < round.pending.length
        ? { "@odata.nextLink": link("$skiptoken", encodeToken(round.id, end)) }
        : { "@odata.deltaLink": link("$deltatoken", encodeToken(round.id, 0)) }),
    },
  };
}

function entry(context: GraphContext, round: DeltaRound, key: string): object {
  const one = key in round.known ? findInstance(context.mailbox, key) : null;
  if (!one) return removedEntry(context, key);
  if (one.type === "occurrence") return slimOccurrence(context, one);
  return { "@odata.type": "#microsoft.graph.event", ...toGraphEvent(context.account, one, context.prefer) };
}

/** In delta an occurrence carries only this much; everything else is to be read from its series. */
function slimOccurrence(context: GraphContext, one: Instance): object {
  const { seriesMasterId, type, start, end, id } = toGraphEvent(context.account, one, context.prefer);
  return {
    "@odata.type": "#microsoft.graph.event",
    "@odata.etag": etagOf(one),
    seriesMasterId,
    type,
    start,
    end,
    id,
  };
}

function removedEntry(context: GraphContext, key: string): object {
  const [eventKey = "", originalAt] = key.split("|");
  const id = itemId(context.account.id, {
    kind: context.prefer.idKind,
    key: eventKey,
    folder: "calendar",
    originalAt: originalAt ? Number(originalAt) : null,
  });
  return { "@odata.type": "#microsoft.graph.event", id, "@removed": { reason: "deleted" } };
}

function encodeToken(roundId: string, offset: number): string {
  return Buffer.from(`${roundId}.${offset}`).toString("base64url");
}

function decodeToken(token: string): string[] {
  const parts = Buffer.from(token, "base64url").toString("utf8").split(".");
  if (parts.length !== 2 || !/^\d+$/.test(parts[1] ?? "")) {
    throw badRequest("ErrorInvalidUrlQuery", "Badly formed token.");
  }
  return parts;
}

/** A lost token comes in several forms; all mean: begin again with a full round. */
function syncStateLost(context: GraphContext): GraphRefusal {
  const form = context.world.state.settings.lostDeltaToken;
  const message = "The sync state generation is not found; generation=1; sync again from the start.";
  if (form === "400 SyncStateInvalid") return badRequest("SyncStateInvalid", message);
  if (form === "400 syncStateNotFound") return badRequest("syncStateNotFound", message);
  const code = form === "410 resyncRequired" ? "resyncRequired" : "syncStateNotFound";
  return new GraphRefusal(410, code, message, { headers: { location: `${linkBase(context)}${PATH}` } });
}
