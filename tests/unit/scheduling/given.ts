import { explainStretch } from "@/lib/slot-engine/explain-stretch";
import type {
  Availability,
  EventRules,
  Hold,
  Interval,
  OwnBooking,
  ScheduleRules,
  SlotQuery,
} from "@/lib/slot-engine/rules";
import { listSlots } from "@/lib/slot-engine/slots";
import { dateRangeToInstants } from "@/lib/slot-engine/zone";

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
export const EVERY_DAY = [1, 2, 3, 4, 5, 6, 7];

/** `2026-03-02 09:00` in UTC, epoch milliseconds. */
export function at(utc: string): number {
  const ms = Date.parse(`${utc.replace(" ", "T")}Z`);
  if (Number.isNaN(ms)) throw new RangeError(`Not an instant: ${utc}`);
  return ms;
}

/** `09:00-12:00 14:00-17:00` every day, unless the test says otherwise. */
export function schedule(timeZone: string, hours: string, more: Partial<ScheduleRules> = {}): ScheduleRules {
  return {
    timeZone,
    weekly: windows(hours).map((window) => ({ days: EVERY_DAY, ...window })),
    overrides: [],
    ...more,
  };
}

export function windows(hours: string): { start: string; end: string }[] {
  return hours
    .split(" ")
    .filter((part) => part !== "")
    .map((part) => ({ start: part.slice(0, 5), end: part.slice(6) }));
}

/** A half-hour event type without conditions. */
export function eventType(rules: Partial<EventRules> = {}): EventRules {
  return {
    durationsMinutes: [30],
    bufferBeforeMinutes: 0,
    bufferAfterMinutes: 0,
    minimumNoticeMinutes: 0,
    window: { kind: "none" },
    limits: {},
    ...rules,
  };
}

export function availability(input: Partial<Availability> & { schedule: ScheduleRules }): Availability {
  const event = input.event ?? eventType();
  const [durationMinutes = 30] = event.durationsMinutes;
  return { event, durationMinutes, now: at("2020-01-01 00:00"), bookings: [], busy: [], ...input };
}

/** `2026-03-02 09:00` to `09:30` on the same day, UTC. */
export function interval(start: string, until: string): Interval {
  return { start: at(start), end: at(`${start.slice(0, 10)} ${until}`) };
}

export function booking(start: string, until: string, facts: Partial<OwnBooking> = {}): OwnBooking {
  return {
    id: `booking ${start}`,
    ...interval(start, until),
    bufferBeforeMinutes: 0,
    bufferAfterMinutes: 0,
    sameEventType: true,
    ...facts,
  };
}

export function hold(start: string, until: string, facts: Partial<Hold> = {}): Hold {
  return { ...interval(start, until), bufferBeforeMinutes: 0, bufferAfterMinutes: 0, ...facts };
}

/** The starts offered between two UTC times, as `HH:mm` UTC, on one line. */
export function starts(input: Availability, from: string, to: string): string {
  return slots(input, from, to)
    .map((slot) => new Date(slot.start).toISOString().slice(11, 16))
    .join(" ");
}

/** The dates in UTC on which something is offered, on one line. */
export function dates(input: Availability, from: string, to: string): string {
  return [
    ...new Set(slots(input, from, to).map((slot) => new Date(slot.start).toISOString().slice(0, 10))),
  ].join(" ");
}

function slots(input: Availability, from: string, to: string): Interval[] {
  const query: SlotQuery = { ...input, from: at(from), to: at(to) };
  return listSlots(query);
}

/** A date (`YYYY-MM-DD`, in the schedule's zone) as the engine sees it. */
export function explainDay(input: Availability, date: string) {
  const day = dateRangeToInstants(date, date, input.schedule.timeZone);
  return { day, ...explainStretch(input, day) };
}
