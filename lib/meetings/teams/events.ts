/** PURE: what we write into Outlook events and how we read them. */
import { createHash } from "node:crypto";
import { cutText } from "@/lib/input/cut";
import type {
  Attendee,
  CalendarEvent,
  CalendarEventInput,
  InspectedEvent,
} from "@/lib/meetings/calendar-port";
import type { BusyInterval } from "@/lib/meetings/calendar-reader";
import { type SeenEvent, type ShownAs, usuallyOpen } from "@/lib/meetings/calendar-reader";
import type { GraphBusyEvent, GraphEvent, GraphSeenEvent } from "@/lib/meetings/teams/graph-schema";
import { daysBetween, wallTime } from "@/lib/slot-engine/zone";

/** Our mark on an event (Microsoft: singleValueLegacyExtendedProperty): found by it, and never touching one without it. */
export const markId = "String {7e2b8f4a-51c3-4d0e-9a67-2f6d0c9b1e58} Name BellhopMeeting";

export const markExpansion = `singleValueExtendedProperties($filter=id eq '${markId}')`;

/** The filter that finds the events of one of our meetings. */
export function markFilter(meetingId: string): string {
  const value = meetingId.replaceAll("'", "''");
  return `singleValueExtendedProperties/Any(ep: ep/id eq '${markId}' and ep/value eq '${value}')`;
}

/** The meeting an event belongs to; null for an event that is not ours. */
export function markOf(event: Pick<GraphEvent, "singleValueExtendedProperties">): string | null {
  const mark = event.singleValueExtendedProperties?.find(
    ({ id }) => id.toLowerCase() === markId.toLowerCase(),
  );
  return mark?.value ?? null;
}

/** The same for every try to create one generation of a meeting's event, another for the next: Graph makes one event of it. */
export function transactionIdOf(meetingId: string, generation: number): string {
  const hex = createHash("sha256").update(`bellhop:${meetingId}:${generation}`).digest("hex");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join(
    "-",
  );
}

type When = Pick<CalendarEventInput, "startsAt" | "endsAt" | "timeZone">;

/**
 * Start and end as wall time in the organizer's zone, which the invitation shows; in UTC where a clock turned back makes
 * the wall time mean two instants.
 */
export function toEventTimes({ startsAt, endsAt, timeZone }: When) {
  const zone = [startsAt, endsAt].every((at) => isUnambiguous(at, timeZone)) ? timeZone : "UTC";
  return { start: toDateTime(startsAt, zone), end: toDateTime(endsAt, zone) };
}

function toDateTime(at: Date, timeZone: string): { dateTime: string; timeZone: string } {
  const { date, time } = wallTime(at.getTime(), timeZone);
  const seconds = at.toISOString().slice(17, 19);
  return { dateTime: `${date}T${time}:${seconds}`, timeZone };
}

const hourMs = 3600_000;

function isUnambiguous(at: Date, timeZone: string): boolean {
  const shown = (ms: number) => {
    const { date, time } = wallTime(ms, timeZone);
    return `${date} ${time}`;
  };
  const here = shown(at.getTime());
  return [-2, -1, -0.5, 0.5, 1, 2].every((hours) => shown(at.getTime() + hours * hourMs) !== here);
}

/** Exchange refuses longer ones. */
const longestSubject = 255;

/** The body of POST /me/events. */
export function toEventBody(input: CalendarEventInput) {
  return {
    ...toEventWords(input),
    ...toEventTimes(input),
    attendees: toGraphAttendees(input.attendees),
    ...(input.online ? { isOnlineMeeting: true, onlineMeetingProvider: "teamsForBusiness" } : {}),
    ...(input.place ? toEventPlace(input) : {}),
    hideAttendees: input.hideAttendees,
    ...(input.isPrivate ? { sensitivity: "private" } : {}),
    allowNewTimeProposals: input.allowsProposals === true,
    responseRequested: true,
    transactionId: transactionIdOf(input.meetingId, input.generation),
    singleValueExtendedProperties: [{ id: markId, value: input.meetingId }],
  };
}

/** Where an event takes place, for POST and PATCH: nothing where no place is given. Rooms go by their names and addresses. */
export function toEventPlace({ place, rooms = [] }: Pick<CalendarEventInput, "place" | "rooms">) {
  const [room, ...others] = rooms.map(({ name, email }) => ({
    displayName: name,
    locationEmailAddress: email,
    locationType: "conferenceRoom",
  }));
  if (room && others.length > 0) return { locations: [room, ...others] };
  if (room) return { location: room };
  return place === null ? {} : { location: { displayName: place } };
}

/** Subject and text for POST and PATCH; a text that is left out stays as it is. */
export function toEventWords(words: { subject: string; descriptionHtml?: string }) {
  const { subject, descriptionHtml: content } = words;
  return {
    subject: cutText(subject, longestSubject),
    ...(content === undefined ? {} : { body: { contentType: "HTML", content } }),
  };
}

/** The list of people for POST and PATCH, where it replaces the whole one. */
export function toGraphAttendees(attendees: Attendee[]) {
  return attendees.map(({ email, name, role = "required" }) => ({
    emailAddress: { address: email, name },
    type: role,
  }));
}

function toAttendees(attendees: GraphEvent["attendees"]): Attendee[] | null {
  if (!attendees) return null;
  return attendees.flatMap(({ type, emailAddress }) => {
    const email = emailAddress?.address;
    return email ? [{ email, name: emailAddress.name ?? email, ...(type ? { role: type } : {}) }] : [];
  });
}

/** An event as the port shows it. The link is left exactly as Graph gave it. */
export function toCalendarEvent(event: GraphEvent): CalendarEvent {
  return {
    eventId: event.id,
    iCalUId: event.iCalUId ?? null,
    startsAt: event.start,
    endsAt: event.end,
    isCancelled: event.isCancelled === true,
    online: event.isOnlineMeeting === true,
    joinUrl: event.onlineMeeting?.joinUrl || null,
    attendees: toAttendees(event.attendees),
    hidesAttendees: event.hideAttendees ?? null,
  };
}

/** An event with what its people did to it. */
export function toInspectedEvent(event: GraphEvent): InspectedEvent {
  return {
    ...toCalendarEvent(event),
    meetingId: markOf(event),
    isAllDay: event.isAllDay === true,
    answers: (event.attendees ?? []).flatMap(({ emailAddress, status, proposedNewTime }) => {
      const email = emailAddress?.address?.toLowerCase();
      if (!email) return [];
      const proposed = proposedNewTime
        ? { startsAt: proposedNewTime.start, endsAt: proposedNewTime.end }
        : null;
      const response = status?.response?.toLowerCase() ?? "";
      return [{ email, declined: response === "declined", response, proposed }];
    }),
  };
}

/** True when an event keeps its organizer from being booked. A state that we do not know blocks. */
export function isBlocking(event: GraphBusyEvent, openStatuses: readonly ShownAs[] = usuallyOpen): boolean {
  return markOf(event) === null && !["none", ...openStatuses].includes(shownAs(event));
}

const statuses = new Map<string, ShownAs>(
  ["free", "tentative", "busy", "oof", "workingElsewhere"].map((status) => [status.toLowerCase(), status]),
);

/** What an event is shown as; a value that Microsoft adds later counts as `unknown`. */
function shownAs(event: Pick<GraphSeenEvent, "isCancelled" | "responseStatus" | "showAs">): ShownAs {
  if (event.isCancelled || event.responseStatus?.response?.toLowerCase() === "declined") return "none";
  return statuses.get(event.showAs?.toLowerCase() ?? "") ?? "unknown";
}

const kinds: Record<string, SeenEvent["kind"]> = {
  singleInstance: "single",
  occurrence: "occurrence",
  exception: "exception",
  seriesMaster: "series",
};

/** An entry of a delta page or of a series. What says nothing of its state is in that of its series. */
export function toSeenEvent(event: GraphSeenEvent): SeenEvent {
  const says = event.showAs ?? event.responseStatus ?? event.isCancelled ?? null;
  return {
    eventId: event.id,
    iCalUId: event.iCalUId ?? null,
    kind: kinds[event.type ?? ""] ?? (event.seriesMasterId ? "occurrence" : "single"),
    seriesId: event.seriesMasterId ?? null,
    startsAt: event.start,
    endsAt: event.end > event.start ? event.end : event.start,
    isAllDay: event.isAllDay === true,
    showAs: says === null && event.seriesMasterId ? null : shownAs(event),
  };
}

/** The time an event takes. All-day events have dates without a zone: they are days of `timeZone`. */
export function busyIntervalOf(event: GraphBusyEvent, timeZone: string): BusyInterval {
  if (!event.isAllDay) return { startsAt: event.start, endsAt: event.end };
  const { start, end } = daysBetween(event.start.getTime(), event.end.getTime(), timeZone);
  return { startsAt: new Date(start), endsAt: new Date(end) };
}
