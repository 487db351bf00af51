/**
 * The port to whoever hosts meetings and keeps the organizer's calendar. The rest of Bellhop speaks of calendar events and
 * links; which vendor stands behind, and how it behaves, stays on the other side.
 */

import type { CallRecord } from "@/lib/flight-recorder/flight-recorder";
import type { CalendarChoice, CalendarReader } from "@/lib/meetings/calendar-reader";
import type { MeetingOptionName, MeetingOptions } from "@/lib/meetings/option-choices";

export interface CallContext {
  /** The organizer on whose behalf the call is made. */
  userId: string;
  /** The mailbox that the call is about, as tid/oid: no other is ever asked. Left out: the connected one. */
  mailbox?: string | undefined;
  /** What a visitor waits for goes before what keeps things in step. */
  priority: "visitor" | "sync";
  /** Gives up after this long, in milliseconds, over all tries. */
  timeoutMs?: number;
  /**
   * Milliseconds that it may stand in line besides, for other calls to the mailbox and for a pause of five seconds at most
   * that the provider asks for. Left out: the line counts as part of the time, and only a short pause is waited out.
   */
  lineMs?: number;
  onCall?: (record: CallRecord) => void;
}

/** Somebody invited to a calendar event. */
export interface Attendee {
  email: string;
  name: string;
  /** As the provider names it, such as `required`; kept for people we did not invite. */
  role?: string;
}

/** What a calendar event shall be. Text is plain; `descriptionHtml` is ours alone, made from escaped parts. */
export interface CalendarEventInput {
  /** Our meeting's id: written into the event, so that it is found again and no other is ever touched. */
  meetingId: string;
  /** Rises when the event has to be made anew; part of the id that makes creation idempotent. */
  generation: number;
  /** Events of earlier generations that may still be in the calendar. */
  otherEventIds?: string[];
  subject: string;
  descriptionHtml: string;
  startsAt: Date;
  endsAt: Date;
  /** IANA zone of the organizer: the invitation shows it, and DST rule changes don't move the event. */
  timeZone: string;
  attendees: Attendee[];
  /** Seats: each attendee sees only themselves. */
  hideAttendees: boolean;
  /** Whoever is invited may propose another time. */
  allowsProposals?: boolean;
  /** Whoever else sees the calendar sees that time is taken, and no more. */
  isPrivate?: boolean;
  /** The calendar it is written to; left out: the account's own. */
  calendarId?: string | null;
  /** True for a meeting of the provider's own; false for an event at `place` alone. */
  online: boolean;
  place: string | null;
}

/** A calendar event of ours, as the provider has it now. */
export interface CalendarEvent {
  eventId: string;
  iCalUId: string | null;
  startsAt: Date;
  endsAt: Date;
  isCancelled: boolean;
  /** True when the provider made a meeting for it; false: no link will ever come. */
  online: boolean;
  /** The link exactly as the provider gave it: stored and shown unchanged. Null: none, or not yet. */
  joinUrl: string | null;
  /** Who is invited now; null where the provider did not say. */
  attendees: Attendee[] | null;
  /** Each attendee sees only themselves; null where the provider did not say. */
  hidesAttendees: boolean | null;
}

/** What somebody who was invited has answered. */
export interface AttendeeAnswer {
  /** Lower case. */
  email: string;
  declined: boolean;
  /** The time they would rather have. */
  proposed: { startsAt: Date; endsAt: Date } | null;
}

/** An event with all that somebody may have done to it. */
export interface InspectedEvent extends CalendarEvent {
  /** The meeting whose mark it carries; null: it is none of ours. */
  meetingId: string | null;
  isAllDay: boolean;
  answers: AttendeeAnswer[];
}

export interface WantedOptions {
  joinUrl: string;
  options: MeetingOptions;
  /** What is not set by now never will be: an answer that says nothing counts as a refusal. */
  isLastTry?: boolean;
}

/** An option of a meeting that is not as it was asked for. */
export interface UntakenOption {
  option: MeetingOptionName;
  wanted: string | boolean;
  actual: string | boolean | null;
  /** `overruled`: accepted, and something else is there; `refused`: turned down by the provider. */
  why: "overruled" | "refused";
}

/** An event that was not found by its id, for the second look. */
export interface LostEvent {
  eventId: string | null;
  iCalUId: string | null;
  /** The meeting whose mark it carries; null: it is looked for by its ids alone. */
  meetingId: string | null;
  /** Where the calendar had it last. */
  startsAt: Date;
  endsAt: Date;
  /** Where it may be. */
  calendars: CalendarChoice[];
  /** Events with the same mark that are known to be others. */
  others: string[];
}

/** A stretch of time that is not free in the organizer's calendar. Half open, UTC. */
export interface BusyInterval {
  startsAt: Date;
  endsAt: Date;
}

export interface MeetingProvider extends CalendarReader {
  /** Creates the event, or returns the one that an earlier try made. */
  createEvent(context: CallContext, input: CalendarEventInput): Promise<CalendarEvent>;
  /** Null: it is not found by its id. Only `findLost` says whether it is gone. */
  readEvent(context: CallContext, eventId: string): Promise<CalendarEvent | null>;
  /** Reads an event with what its people did to it. Null: it is not found by its id. */
  inspectEvent(context: CallContext, eventId: string): Promise<InspectedEvent | null>;
  /**
   * Looks a second time for an event that was not found by its id, or that is said to be gone: where the calendars show it, by
   * its ids and by its mark. It may have another id by now. Null: the calendars answered and have it no more, which is the
   * only proof there is. Throws `ProviderError` where one of them can't be asked.
   */
  findLost(context: CallContext, lost: LostEvent): Promise<{ eventId: string } | null>;
  /** The events in one calendar that carry the mark of a meeting; without an id, in the account's own. */
  listMarked(context: CallContext, meetingId: string, calendarId?: string | null): Promise<CalendarEvent[]>;
  /** Changes start and end alone; null: it is not found, which alone proves nothing. */
  moveEvent(
    context: CallContext,
    eventId: string,
    to: { startsAt: Date; endsAt: Date; timeZone: string },
  ): Promise<CalendarEvent | null>;
  /** Changes where it takes place and nothing else; whoever is invited gets an update. Null: it was not found. */
  placeEvent(context: CallContext, eventId: string, place: string): Promise<CalendarEvent | null>;
  /**
   * Replaces who is invited, and nothing else: whoever is new gets an invitation, whoever is left out a cancellation, the
   * others hear nothing. Null: it is not found, which alone proves nothing.
   */
  setAttendees(
    context: CallContext,
    eventId: string,
    to: { attendees: Attendee[]; hideAttendees?: true },
  ): Promise<CalendarEvent | null>;
  /**
   * Changes subject and text, and nothing else. The text is left out for an event with an online meeting, which would lose it.
   * Null: it is not found, which alone proves nothing.
   */
  rewordEvent(
    context: CallContext,
    eventId: string,
    to: { subject: string; descriptionHtml?: string },
  ): Promise<CalendarEvent | null>;
  /**
   * Sets the options of the meeting behind a link as far as they differ, reads them back and says which were not taken.
   * Throws `unavailable` with the vendor code `meeting_not_found` while the meeting can't be found.
   */
  applyOptions(
    context: CallContext,
    wanted: WantedOptions,
  ): Promise<{ onlineMeetingId: string; untaken: UntakenOption[] }>;
  /**
   * Cancels the event, telling its attendees why. `missing`: it is not found by its id, which alone proves nothing. Throws
   * `refused` with the vendor code `not_ours` for an event without our mark.
   */
  removeEvent(
    context: CallContext,
    eventId: string,
    message: { comment: string; hasAttendees: boolean },
  ): Promise<"removed" | "missing">;
}

/** Why a provider call did not do what was asked. */
export type ProviderProblem =
  /** The organizer has no connection. */
  | "not_connected"
  /** The organizer has to sign in at the provider again. */
  | "reconnect_needed"
  /** The mailbox that the call is about is not the connected one, and nothing opens it any more. */
  | "out_of_reach"
  /** The operator's credentials are refused: nobody's connection is at fault. */
  | "misconfigured"
  /** The account lacks the permission or the product. */
  | "access_denied"
  | "no_mailbox"
  | "throttled"
  /** The provider did not answer, or its answer decides nothing. */
  | "unavailable"
  /** An event was made for this generation of the meeting and is gone: the next generation can be made. */
  | "superseded"
  /** The provider understood and refused, in words that are documented as final. */
  | "refused";

/** A provider call failed. `message` is for logs and support; people get words by `problem`. */
export class ProviderError extends Error {
  override name = "ProviderError";
  constructor(
    readonly code: ProviderProblem,
    message: string,
    readonly details: {
      status?: number;
      /** The provider's own error code. */
      vendorCode?: string;
      requestId?: string;
      /** Seconds, possibly fractional, that the provider asks to wait. */
      retryAfterSeconds?: number;
      cause?: unknown;
    } = {},
  ) {
    super(message, { cause: details.cause });
  }

  /** True when the provider may not have what was asked for at all: refused, or unknown at that address. */
  get isNotOffered(): boolean {
    if (this.code === "no_mailbox" || this.code === "throttled") return false;
    return [400, 404, 405, 501].includes(this.details.status ?? 0);
  }

  /** True when the same call may succeed later without anybody doing anything. */
  get retryable(): boolean {
    return this.code === "throttled" || this.code === "unavailable";
  }
}
