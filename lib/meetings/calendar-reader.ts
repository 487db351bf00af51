/** The part of the port that reads an organizer's calendars: which there are, what is in them, and what has changed since. */
import type { CallContext } from "@/lib/meetings/provider";

export interface CalendarInfo {
  /** The provider's id of it. */
  calendarId: string;
  name: string;
  /** Hexadecimal, such as #a1c4fd; null where the provider leaves it to the viewer. */
  color: string | null;
  isDefault: boolean;
  /** The account may write to it. */
  canEdit: boolean;
  /** Events in it can carry a meeting of the provider's own. */
  hasMeetings: boolean;
  /** The address of whoever else it belongs to; null: the account. */
  ownerAddress: string | null;
}

/** Which calendar is meant; the account's own is asked for without its id. */
export type CalendarChoice = Pick<CalendarInfo, "calendarId" | "isDefault"> & {
  /** It belongs to someone else. */
  isShared?: boolean;
};

/**
 * What an event is shown as: `free`, `tentative`, `busy`, `oof`, `workingElsewhere`, `unknown`, or `none` where it takes no
 * time whatever it is shown as: cancelled, or declined by the organizer.
 */
export type ShownAs = string;

/** An event as a round of changes shows it. */
export interface SeenEvent {
  /** Stays the same wherever the event is moved to. */
  eventId: string;
  /** The same for the copies that everyone invited has; null where the provider does not say. */
  iCalUId: string | null;
  kind: "single" | "occurrence" | "exception" | "series";
  seriesId: string | null;
  /** UTC; of an all-day event midnight in UTC of its first day, and of the day after its last. */
  startsAt: Date;
  endsAt: Date;
  isAllDay: boolean;
  /** Null: same as its series. */
  showAs: ShownAs | null;
}

/** One page of a round. Of several entries about one event the last one holds. */
export interface ChangesPage {
  seen: SeenEvent[];
  /** Not in the calendar any more, or not within the stretch of time. A series takes its occurrences along. */
  removedIds: string[];
  /**
   * Where to go on, used as it is: with the next page, or, once `isLast`, with the changes from here on. Null with the last
   * one where changes can't be asked for: everything is read again each time.
   */
  link: string | null;
  isLast: boolean;
}

/** Where a round begins: with everything in a stretch of time, or where another one ended. */
export type RoundStart = { from: Date; to: Date } | { link: string };

/** A stretch of time that is not free in the organizer's calendar. Half open, UTC. */
export interface BusyInterval {
  startsAt: Date;
  endsAt: Date;
}

/** An event that takes time. */
export interface BusyEvent extends BusyInterval {
  eventId: string;
  /** The same for the copies that everyone invited has; null where the provider does not say. */
  iCalUId: string | null;
}

export interface BusyChoice {
  /** Left out: the account's own calendar. */
  calendars?: CalendarChoice[];
  /** What an event may be shown as without taking time. Left out: `free` and `workingElsewhere`. */
  openStatuses?: readonly ShownAs[];
}

export interface CalendarReader {
  listCalendars(context: CallContext): Promise<CalendarInfo[]>;
  /**
   * A page of everything in a calendar, or of what has changed. `lost`: the link is not known any more and everything is to
   * be read again. `gone`: the calendar is not there any more.
   */
  readChanges(
    context: CallContext,
    calendar: CalendarChoice,
    start: RoundStart,
  ): Promise<ChangesPage | "lost" | "gone">;
  /** The occurrences and exceptions of a series that overlap a stretch of time; null when the series is gone. */
  listOccurrences(context: CallContext, seriesId: string, from: Date, to: Date): Promise<SeenEvent[] | null>;
  /**
   * What is not free between two instants, events that carry our mark left out. All-day events are days of `allDayZone` (IANA, the
   * organizer's; UTC when left out).
   */
  listBusy(
    context: CallContext,
    from: Date,
    to: Date,
    allDayZone?: string,
    choice?: BusyChoice,
  ): Promise<BusyEvent[]>;
}

/** What doesn't make a time busy unless the organizer says otherwise. */
export const usuallyOpen: readonly ShownAs[] = ["free", "workingElsewhere"];
