// The vocabulary of the slot engine: what a schedule and an event type say, what is taken, and the verdicts.
// Instants are epoch milliseconds, dates are `YYYY-MM-DD`, zones are IANA names, lengths are minutes.

/** Half-open: `start` belongs to it, `end` does not. */
export type Interval = { start: number; end: number };

/** `HH:mm`; `end` may be `24:00`. A window whose end is not after its start is empty. */
export type LocalWindow = { readonly start: string; readonly end: string };

/** Hours that return every week. Monday is 1, Sunday is 7. */
export type WeeklyWindow = LocalWindow & { readonly days: readonly number[] };

/** Replaces the weekly hours of one date; no windows closes it. */
export type DateOverride = { readonly date: string; readonly windows: readonly LocalWindow[] };

/** The hours of these dates, both included, are read in another zone. The first range that holds a date counts. */
export type Travel = { readonly from: string; readonly to: string; readonly timeZone: string };

/** When the organizer is open. */
export type ScheduleRules = {
  readonly timeZone: string;
  readonly weekly: readonly WeeklyWindow[];
  readonly overrides: readonly DateOverride[];
  readonly travel?: readonly Travel[] | undefined;
  /** Holidays and the like, in the schedule's zone. An override of the same date wins. */
  readonly closedDates?: readonly string[] | undefined;
};

/**
 * How far ahead visitors may book, by the date a slot starts on in the schedule's zone.
 * `rolling`: the organizer's today and that many days after it. `rolling_bookable`: likewise, but only days
 * with open time are counted. `range`: both dates included.
 */
export type BookingWindow =
  | { readonly kind: "rolling"; readonly days: number }
  | { readonly kind: "rolling_bookable"; readonly days: number }
  | { readonly kind: "range"; readonly from: string; readonly to: string }
  | { readonly kind: "none" };

/** Counted over the event type's own bookings, by the date each starts on in the schedule's zone. Weeks start on Monday. */
export type BookingLimits = {
  readonly dayCount?: number | undefined;
  readonly weekCount?: number | undefined;
  readonly monthCount?: number | undefined;
  readonly dayMinutes?: number | undefined;
  readonly weekMinutes?: number | undefined;
  readonly monthMinutes?: number | undefined;
};

/** What an event type asks of a slot. */
export type EventRules = {
  readonly durationsMinutes: readonly number[];
  /** Real time from one start to the next; the shortest duration if absent. */
  readonly slotIntervalMinutes?: number | undefined;
  /** Real time from the start of a run of open time to its first slot; 0 if absent. */
  readonly slotOffsetMinutes?: number | undefined;
  readonly bufferBeforeMinutes: number;
  readonly bufferAfterMinutes: number;
  readonly minimumNoticeMinutes: number;
  /** Starts within so many minutes from now are offered while the host is available, and then alone; the notice is for those after them. */
  readonly availableNowMinutes?: number | undefined;
  readonly window: BookingWindow;
  readonly limits: BookingLimits;
  /** Places in one session. Absent or 1: a booking takes the slot. */
  readonly seats?: number | undefined;
};

/** Time that one of the organizer's own bookings claims; its buffers were fixed when it was made. */
type Claim = {
  readonly start: number;
  readonly end: number;
  readonly bufferBeforeMinutes: number;
  readonly bufferAfterMinutes: number;
};

/** A booking that holds its time: pending or confirmed. */
export type OwnBooking = Claim & {
  readonly id: string;
  /** It belongs to the event type asked about, so limits and seats count it. */
  readonly sameEventType: boolean;
  /** Places taken by this entry; 1 if absent. Entries of one session (same start and end) add up. */
  readonly seatsTaken?: number | undefined;
};

/** A slot someone is about to book. */
export type Hold = Claim;

/**
 * What is known of whether a host is available at this moment. `away`: they aren't. `unreadable`: nothing said so in time. `not_permitted`:
 * no one may look. `no_account`: there is nowhere to look.
 */
export type Presence = "available" | "away" | "unreadable" | "not_permitted" | "no_account";

/** Everything the engine looks at; it knows no clock and reads nothing else. */
export type Availability = {
  readonly schedule: ScheduleRules;
  readonly event: EventRules;
  /** One of the event type's durations. */
  readonly durationMinutes: number;
  /** The present, epoch milliseconds. */
  readonly now: number;
  /** What the notice is counted from, epoch milliseconds; left out: the present. What has begun is never offered. */
  readonly noticeFrom?: number | undefined;
  /** Those around the time asked about; where limits count, those of all its days, weeks and months. */
  readonly bookings: readonly OwnBooking[];
  /** Busy time of other calendars, without the calendar events of `bookings`. */
  readonly busy: readonly Readonly<Interval>[];
  /** Without the one of the visitor who asks. */
  readonly holds?: readonly Hold[] | undefined;
  /** Counts for the starts of `availableNowMinutes`. Left out: it can't be read. */
  readonly presence?: Presence | undefined;
  /** The booking that is being moved: it is in no one's way. */
  readonly excludeBookingId?: string | undefined;
};

/** Asks for the slots that start at `from` or later and before `to`. */
export type SlotQuery = Availability & { readonly from: number; readonly to: number };

/** One who takes part: `fixed` in every slot, `rotating` in turns with the others. */
export type HostTime = Pick<Availability, "schedule" | "bookings" | "busy" | "holds" | "presence"> & {
  readonly id: string;
  readonly kind: "fixed" | "rotating";
};

/** What the engine looks at of an event type with its hosts, of whom there is one at least. */
export type HostsAvailability = Omit<
  Availability,
  "schedule" | "bookings" | "busy" | "holds" | "presence"
> & {
  readonly hosts: readonly HostTime[];
  /** How many of those who take turns each slot needs. */
  readonly rotatingHosts: number;
};

/** Asks for the slots of all hosts together that start at `from` or later and before `to`. */
export type HostsQuery = Omit<HostsAvailability, "hosts"> & {
  readonly hosts: readonly (HostTime & {
    /** Nothing is known of their time from here on, so that no slot of theirs starts there. */
    readonly knownUntil?: number | undefined;
  })[];
  readonly from: number;
  readonly to: number;
};

/** Why a start is not offered. Instants are epoch milliseconds, dates are the schedule's. */
export type Reason =
  | { code: "unknown_duration"; durationsMinutes: readonly number[] }
  /** `openUntil` is set if the slot starts in open time but would outlast it. */
  | { code: "outside_hours"; openUntil: number | null }
  /** The nearest starts of the same run, if there are any. */
  | { code: "off_grid"; previousStart: number | null; nextStart: number | null }
  | { code: "too_soon"; earliestStart: number }
  /** Starts before `until` are offered while the host is available. */
  | { code: "not_available_now"; presence: Exclude<Presence, "available">; until: number }
  | { code: "before_window"; firstDate: string }
  | { code: "beyond_window"; lastDate: string }
  | { code: "busy"; start: number; end: number }
  | { code: "booked"; bookingId: string; start: number; end: number }
  | { code: "session_full"; start: number; end: number; seats: number; seatsTaken: number }
  | { code: "held"; start: number; end: number }
  /** The slot itself is free, but a buffer, its own or its neighbour's, is not. */
  | {
      code: "buffer";
      beside: "busy" | "booking" | "hold";
      start: number;
      end: number;
      bookingId: string | null;
    }
  | LimitReason;

/** A day, week or month that is full. `used` is what its bookings amount to, in the same measure as `limit`. */
export type LimitReason = {
  code: "day_limit" | "week_limit" | "month_limit";
  measure: "count" | "minutes";
  limit: number;
  used: number;
};

/** The engine's answer about one start, with what prevents it for each of the hosts, in their order. */
export type HostsVerdict = {
  readonly offered: boolean;
  readonly hosts: readonly { readonly id: string; readonly reasons: Reason[] }[];
};

/** The engine's answer about one start. */
export type Verdict = { offered: true } | { offered: false; reasons: Reason[] };
