/** The port to the vendor of an organizer's calendar: reads it, keeps our events in it, reports its changes. */
import type { ChangeNotifier } from "@/lib/meetings/calendar-notifications";
import type { CalendarChoice, CalendarReader } from "@/lib/meetings/calendar-reader";
import type { MailboxSettingsReader } from "@/lib/meetings/mailbox-settings-reader";
import type { PresenceReader } from "@/lib/meetings/presence-reader";
import type { CallContext } from "@/lib/meetings/provider";
import type { RoomReader } from "@/lib/meetings/room-reader";
import type { SharedCalendars } from "@/lib/meetings/shared-calendars";
import type { WorkHoursReader } from "@/lib/meetings/work-hours-reader";

/** Someone invited to a calendar event. */
export interface Attendee {
  email: string;
  name: string;
  /** As the provider names it, such as `required`; kept for people we did not invite. */
  role?: string;
}

/** The desired state of a calendar event. Text is plain; `descriptionHtml` is built by us from escaped parts. */
export interface CalendarEventInput {
  /** Our meeting's id: written into the event, so that it is found again and no other is ever touched. */
  meetingId: string;
  /** Increases when the event has to be recreated; part of the ID that makes creation idempotent. */
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
  /** Anyone who is invited may propose another time. */
  allowsProposals?: boolean;
  /** Others who see the calendar see only that the time is busy. */
  isPrivate?: boolean;
  /** The calendar it is written to; left out: the account's own. */
  calendarId?: string | null;
  /** True for a meeting hosted by the provider; false for an event at `place` only. */
  online: boolean;
  place: string | null;
  /** The rooms that `place` names. */
  rooms?: EventRoom[];
}

/** A room as a place: with the name that its mailbox has, to the letter. */
export interface EventRoom {
  name: string;
  email: string;
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

/** The response of an invited person. */
export interface AttendeeAnswer {
  /** Lower case. */
  email: string;
  declined: boolean;
  /** As the provider names it, in lower case, such as `accepted`; empty: none. */
  response: string;
  /** The time they would rather have. */
  proposed: { startsAt: Date; endsAt: Date } | null;
}

/** An event with everything that people may have changed. */
export interface InspectedEvent extends CalendarEvent {
  /** The meeting whose mark it carries; null if it isn't ours. */
  meetingId: string | null;
  isAllDay: boolean;
  answers: AttendeeAnswer[];
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

/** Maintains our own events: creates, reads, changes and removes them. */
export interface EventKeeper {
  /** Creates the event, or returns the one that an earlier attempt created. */
  createEvent(context: CallContext, input: CalendarEventInput): Promise<CalendarEvent>;
  /** Null: it is not found by its id. Only `findLost` says whether it is gone. */
  readEvent(context: CallContext, eventId: string): Promise<CalendarEvent | null>;
  /** Reads an event with the changes and responses of its people. Null: it is not found by its ID. */
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
  /** Changes where it takes place and nothing else; anyone who is invited gets an update. Null: it was not found. */
  placeEvent(
    context: CallContext,
    eventId: string,
    at: { place: string; rooms: EventRoom[] },
  ): Promise<CalendarEvent | null>;
  /**
   * Replaces who is invited, and nothing else: anyone who is new gets an invitation, anyone who is left out a cancellation, the
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
   * Cancels the event, telling its attendees why. `missing`: it is not found by its id, which alone proves nothing. Throws
   * `refused` with the vendor code `not_ours` for an event without our mark.
   */
  removeEvent(
    context: CallContext,
    eventId: string,
    message: { comment: string; hasAttendees: boolean },
  ): Promise<"removed" | "missing">;
}

export interface CalendarPort
  extends CalendarReader,
    EventKeeper,
    ChangeNotifier,
    RoomReader,
    SharedCalendars,
    PresenceReader,
    MailboxSettingsReader,
    WorkHoursReader {}
