import { MINUTE_MS } from "./calendar-date";
import { listSessions, type Need, remainingBookings, type Session } from "./claims";
import type { Spacing } from "./grid";
import { bookingHorizon, type Horizon } from "./horizon";
import { LimitTally } from "./limits";
import type { Availability, HostsAvailability, HostTime, Interval, OwnBooking, Presence } from "./rules";
import { prepareSchedule, type Schedule } from "./schedule";

/** An `Availability` made ready to be judged: the one reading that listing and explaining share. */
export type Question = {
  readonly schedule: Schedule;
  readonly durationMinutes: number;
  /** The event type's. */
  readonly durationsMinutes: readonly number[];
  readonly spacing: Spacing;
  readonly need: Need;
  /** When the notice has passed. */
  readonly earliestStart: number;
  /** Where starts depend on whether the host is available, instead of the notice; null: nowhere. */
  readonly availableNow: Interval | null;
  readonly presence: Presence;
  readonly horizon: Horizon;
  readonly tally: LimitTally;
  readonly seats: number;
  /** Own bookings without the one being moved. */
  readonly remaining: readonly OwnBooking[];
  /** Those of them that block every slot. */
  readonly bookings: readonly OwnBooking[];
  /** Sessions with a seat left, by start: in the way of every slot but the one that joins them. */
  readonly joinable: ReadonlyMap<number, Session>;
  readonly joinableClaims: readonly OwnBooking[];
};

/** Throws RangeError for rules that mean nothing, such as an unknown zone or an interval of no length. */
export function prepareQuestion(input: Availability): Question {
  const { event } = input;
  const duration = input.durationMinutes * MINUTE_MS;
  const interval = (event.slotIntervalMinutes ?? Math.min(...event.durationsMinutes)) * MINUTE_MS;
  if (!(interval > 0)) throw new RangeError("The slot interval must be longer than nothing.");
  const schedule = prepareSchedule(input.schedule);
  const remaining = remainingBookings(input);
  const seats = event.seats ?? 1;
  const joinable =
    seats > 1
      ? listSessions(remaining).filter((s) => s.end - s.start === duration && s.seatsTaken < seats)
      : [];
  const joinableClaims = new Set(joinable.flatMap((session) => session.entries));
  return {
    schedule,
    durationMinutes: input.durationMinutes,
    durationsMinutes: event.durationsMinutes,
    spacing: { offset: (event.slotOffsetMinutes ?? 0) * MINUTE_MS, interval, duration },
    need: {
      duration,
      before: event.bufferBeforeMinutes * MINUTE_MS,
      after: event.bufferAfterMinutes * MINUTE_MS,
    },
    earliestStart: Math.max(
      input.now,
      (input.noticeFrom ?? input.now) + event.minimumNoticeMinutes * MINUTE_MS,
    ),
    availableNow:
      event.availableNowMinutes === undefined
        ? null
        : { start: input.now, end: input.now + event.availableNowMinutes * MINUTE_MS },
    presence: input.presence ?? "unreadable",
    horizon: bookingHorizon(event.window, schedule, input.now),
    tally: new LimitTally(event.limits, schedule, remaining, seats > 1),
    seats,
    remaining,
    bookings: remaining.filter((booking) => !joinableClaims.has(booking)),
    joinable: new Map(joinable.map((session) => [session.start, session])),
    joinableClaims: [...joinableClaims],
  };
}

/** Before this no start is offered, whoever is available. */
export function firstStart({ earliestStart, availableNow }: Question): number {
  return availableNow === null ? earliestStart : availableNow.start;
}

/** Whether a start depends on the host's being available at this moment. */
export function isForNow({ availableNow }: Question, start: number): boolean {
  return availableNow !== null && availableNow.start <= start && start < availableNow.end;
}

/** The question as it is put to one of the hosts. */
export function availabilityOf(
  { event, durationMinutes, now, noticeFrom, excludeBookingId }: Omit<HostsAvailability, "hosts">,
  { schedule, bookings, busy, holds, presence }: HostTime,
): Availability {
  return {
    event,
    durationMinutes,
    now,
    noticeFrom,
    excludeBookingId,
    schedule,
    bookings,
    busy,
    holds,
    presence,
  };
}
