import type { EventType } from "@microsoft/microsoft-graph-types";
import { itemNotFound, malformedId } from "@/tests/emulator/graph/errors";
import { endWallFor, occurrenceDates, wallOn } from "@/tests/emulator/graph/recurrence";
import { instantOf } from "@/tests/emulator/graph/time-zones";
import { type IdKind, type ItemRef, itemId, readItemId } from "@/tests/emulator/ids";
import type { Account, Mailbox, StoredEvent } from "@/tests/emulator/state";

/** Something with a place in time: a single event, or one occurrence of a series. */
export interface Instance {
  /** Whose properties are shown. */
  event: StoredEvent;
  type: EventType;
  /** The series an occurrence or exception belongs to. */
  series: StoredEvent | null;
  originalAt: number | null;
  startWall: string;
  endWall: string;
  startAt: number;
  endAt: number;
}

/** An event on its own: single, or the master of a series. */
export function wholeEvent(event: StoredEvent): Instance {
  const type = event.type === "seriesMaster" ? "seriesMaster" : "singleInstance";
  return place({
    event,
    type,
    series: null,
    originalAt: null,
    startWall: event.start.wall,
    endWall: event.end.wall,
  });
}

/** Every instance that overlaps the window, earliest first. All-day events float: they count as UTC days. */
export function instancesBetween(
  mailbox: Mailbox,
  startAt: number,
  endAt: number,
  calendarKey: string | null = null,
): Instance[] {
  const found: Instance[] = [];
  for (const event of Object.values(mailbox.events)) {
    if ((event.calendarKey ?? null) !== calendarKey) continue;
    if (event.folder !== "calendar" || event.type === "exception") continue;
    if (event.type === "singleInstance") found.push(wholeEvent(event));
    else found.push(...occurrencesBefore(mailbox, event, endAt));
  }
  return found
    .filter((one) => overlaps(one, startAt, endAt))
    .sort((a, b) => a.startAt - b.startAt || a.event.createdAt - b.event.createdAt);
}

export function seriesMasters(mailbox: Mailbox): StoredEvent[] {
  return Object.values(mailbox.events).filter(
    (event) => event.type === "seriesMaster" && event.folder === "calendar",
  );
}

/** The instances of one series that overlap the window, earliest first. */
export function instancesOf(
  mailbox: Mailbox,
  series: StoredEvent,
  startAt: number,
  endAt: number,
): Instance[] {
  return occurrencesBefore(mailbox, series, endAt)
    .filter((one) => overlaps(one, startAt, endAt))
    .sort((a, b) => a.startAt - b.startAt);
}

export function instanceKey(one: Instance): string {
  return one.series ? `${one.series.key}|${one.originalAt}` : one.event.key;
}

export function findInstance(mailbox: Mailbox, key: string): Instance | null {
  const [eventKey = "", originalAt] = key.split("|");
  const event = mailbox.events[eventKey];
  if (event?.folder !== "calendar") return null;
  return originalAt ? occurrenceAt(mailbox, event, Number(originalAt)) : wholeEvent(event);
}

export function instanceId(account: Account, one: Instance, kind: IdKind): string {
  const owner = one.series ?? one.event;
  return itemId(account.id, { kind, key: owner.key, folder: owner.folder, originalAt: one.originalAt });
}

/** Finds what an id in a path names, or refuses as Graph does. Deleted items answer only when asked to. */
export function requireInstance(
  account: Account,
  mailbox: Mailbox,
  id: string,
  withDeleted = false,
): Instance {
  const ref = readItemId(account.id, id);
  if (ref === null) throw malformedId();
  if (ref === "foreign") throw itemNotFound();
  const event = mailbox.events[ref.key];
  if (!event || !isVisible(event, ref, withDeleted)) throw itemNotFound();
  if (ref.originalAt === null) return wholeEvent(event);
  const occurrence = occurrenceAt(mailbox, event, ref.originalAt);
  if (!occurrence) throw itemNotFound();
  return occurrence;
}

function isVisible(event: StoredEvent, ref: ItemRef, withDeleted: boolean): boolean {
  if (event.folder === "calendar") return ref.kind === "immutable" || ref.folder === "calendar";
  return withDeleted && ref.kind === "immutable";
}

function occurrenceAt(mailbox: Mailbox, series: StoredEvent, originalAt: number): Instance | null {
  const all = occurrencesBefore(mailbox, series, originalAt);
  return all.find((one) => one.originalAt === originalAt) ?? null;
}

function occurrencesBefore(mailbox: Mailbox, series: StoredEvent, endAt: number): Instance[] {
  if (!series.recurrence) return [];
  const { timeZone } = series.start;
  const exceptions = Object.values(mailbox.events).filter(
    (event) => event.exceptionOf?.seriesKey === series.key && event.folder === "calendar",
  );
  const found = exceptions.map((event) => exceptionOf(event, series));
  const replaced = new Set(exceptions.map((event) => event.exceptionOf?.originalWall));
  for (const date of occurrenceDates(series.recurrence)) {
    const startWall = wallOn(date, series.start.wall);
    const originalAt = instantOf({ wall: startWall, timeZone });
    if (originalAt > endAt + DAY_MS) break;
    if (replaced.has(startWall) || series.deletedOccurrences.includes(startWall)) continue;
    const endWall = endWallFor(startWall, series.start.wall, series.end.wall);
    found.push(place({ event: series, type: "occurrence", series, originalAt, startWall, endWall }));
  }
  return found;
}

function exceptionOf(event: StoredEvent, series: StoredEvent): Instance {
  const originalWall = event.exceptionOf?.originalWall ?? event.start.wall;
  const originalAt = instantOf({ wall: originalWall, timeZone: series.start.timeZone });
  return place({
    event,
    type: "exception",
    series,
    originalAt,
    startWall: event.start.wall,
    endWall: event.end.wall,
  });
}

const DAY_MS = 86_400_000;

function place(one: Omit<Instance, "startAt" | "endAt">): Instance {
  const zone = (timeZone: string) => (one.event.isAllDay ? "UTC" : timeZone);
  return {
    ...one,
    startAt: instantOf({ wall: one.startWall, timeZone: zone(one.event.start.timeZone) }),
    endAt: instantOf({ wall: one.endWall, timeZone: zone(one.event.end.timeZone) }),
  };
}

function overlaps(one: Instance, startAt: number, endAt: number): boolean {
  const isMoment = one.startAt === one.endAt;
  return one.startAt < endAt && (one.endAt > startAt || (isMoment && one.startAt === startAt));
}
