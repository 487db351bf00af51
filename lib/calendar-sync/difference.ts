/** How a calendar event differs from its bookings. PURE: it compares states, so our own writes don't count as changes. */
import { addressKey } from "@/lib/input/addresses";
import type { InspectedEvent } from "@/lib/meetings/calendar-port";

export const driftKinds = [
  "moved",
  "removed",
  "link_lost",
  "declined",
  "proposed",
  "host_declined",
  "room_declined",
] as const;
export type DriftKind = (typeof driftKinds)[number];

export interface Difference {
  kind: DriftKind;
  /** The booking it's about, if the event has several. */
  bookingId: string | null;
  /** The time in the calendar, or the one that is proposed. */
  startsAt: Date | null;
  endsAt: Date | null;
  isAllDay: boolean;
  /** The host who declined. */
  hostId?: string | null;
  /** The names of the rooms that declined. */
  rooms?: readonly string[];
  /** Identifies the state, so that the same one is never handled twice. */
  fingerprint: string;
}

/** A meeting as its bookings have it. */
export interface KnownMeeting {
  kind: string;
  status: string;
  startsAt: Date;
  endsAt: Date;
  joinUrl: string | null;
  generation: number;
  calendarEventId: string | null;
  /** What was last written to the calendar, or read from it and accepted. */
  calendarStartsAt: Date | null;
  calendarEndsAt: Date | null;
  people: { bookingId: string; email: string }[];
  /** Hosts who are attendees of the event: it's in another one's calendar. */
  coHosts: { id: string; email: string }[];
}

export type Comparison =
  /** A move of our own is on its way to the calendar, and wins: the person who made it has seen it confirmed. */
  | { state: "ours_pending" }
  /** Someone gave the meeting another link: it is to be read and verified. */
  | { state: "new_link" }
  | { state: "compared"; differences: Difference[] };

/** Compares a meeting with its event; null: it is not in the calendar any more. */
export function compareEvent(meeting: KnownMeeting, event: InspectedEvent | null): Comparison {
  const base = { startsAt: meeting.calendarStartsAt, endsAt: meeting.calendarEndsAt };
  if (event === null || event.isCancelled) {
    if (!isSameTime(base, meeting)) return { state: "ours_pending" };
    const fingerprint = `${meeting.calendarEventId}`;
    return { state: "compared", differences: [{ ...nothing, kind: "removed", fingerprint }] };
  }
  const isMoved = !isSameTime(meeting, event);
  if (isMoved && !isSameTime(base, meeting)) return { state: "ours_pending" };
  const hasLink = meeting.kind === "teams" && meeting.status === "ready" && meeting.joinUrl !== null;
  if (hasLink && event.joinUrl && event.joinUrl !== meeting.joinUrl && !isMoved) return { state: "new_link" };
  const isLinkLost = hasLink && !event.joinUrl;
  return {
    state: "compared",
    differences: [
      ...(isMoved ? [movedTo(event)] : []),
      ...(isLinkLost ? [lostLink(meeting)] : []),
      ...answersIn(meeting, event),
    ],
  };
}

const nothing = { bookingId: null, startsAt: null, endsAt: null, isAllDay: false };

function movedTo({ startsAt, endsAt, isAllDay }: InspectedEvent): Difference {
  return {
    ...nothing,
    kind: "moved",
    startsAt,
    endsAt,
    isAllDay,
    fingerprint: stretchName(startsAt, endsAt),
  };
}

function lostLink({ generation }: KnownMeeting): Difference {
  return { ...nothing, kind: "link_lost", fingerprint: String(generation) };
}

/** Someone who proposes a new time has not simply declined. */
function answersIn(meeting: KnownMeeting, event: InspectedEvent): Difference[] {
  return event.answers.flatMap(({ email, declined, proposed }): Difference[] => {
    const host = meeting.coHosts.find((one) => addressKey(one.email) === addressKey(email));
    // Another time that a host proposes is one at which they can't come.
    if (host && (declined || proposed)) {
      const fingerprint = `declined by ${host.id}`;
      return [{ ...nothing, kind: "host_declined", hostId: host.id, fingerprint }];
    }
    const person = meeting.people.find((one) => addressKey(one.email) === addressKey(email));
    if (!person) return [];
    const { bookingId } = person;
    if (proposed && !isSameTime(proposed, meeting)) {
      const fingerprint = stretchName(proposed.startsAt, proposed.endsAt);
      return [{ ...nothing, kind: "proposed", bookingId, ...proposed, fingerprint }];
    }
    return declined ? [{ ...nothing, kind: "declined", bookingId, fingerprint: "declined" }] : [];
  });
}

const stretchName = (from: Date, to: Date) => `${from.toISOString()}/${to.toISOString()}`;

interface Stretch {
  startsAt: Date | null;
  endsAt: Date | null;
}

function isSameTime(one: Stretch, other: Stretch): boolean {
  return (
    one.startsAt?.getTime() === other.startsAt?.getTime() && one.endsAt?.getTime() === other.endsAt?.getTime()
  );
}
