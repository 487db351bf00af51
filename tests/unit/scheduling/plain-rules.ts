import type { Availability, OwnBooking } from "@/lib/slot-engine/rules";
import { type WallClock, wallClock } from "./wall-clock-oracle";

// The rules of a slot in plain words, one after the other, with Intl's wall clock. Slow, and shares no code with the
// engine. The grid is not judged here: see wall-clock-oracle.

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const clocks = new Map<string, WallClock>();

/** What a zone's wall clock shows. */
export function dateAndMinute(ms: number, timeZone: string) {
  const clock = clocks.get(timeZone) ?? remembering(wallClock(timeZone));
  clocks.set(timeZone, clock);
  return clock(ms);
}

function remembering(clock: WallClock): WallClock {
  const readings = new Map<number, ReturnType<WallClock>>();
  return (ms) => {
    const reading = readings.get(ms) ?? clock(ms);
    readings.set(ms, reading);
    return reading;
  };
}

function dateOf(ms: number, { schedule }: Availability): string {
  return dateAndMinute(ms, schedule.timeZone).date;
}

/** Whether an instant is open: some zone's wall clock shows a date read there and a minute in its windows. */
export function isOpenAt(ms: number, { schedule }: Availability): boolean {
  const zones = [schedule.timeZone, ...(schedule.travel ?? []).map((journey) => journey.timeZone)];
  return zones.some((timeZone) => {
    const { date, minute } = dateAndMinute(ms, timeZone);
    const journey = schedule.travel?.find(({ from, to }) => from <= date && date <= to);
    if ((journey?.timeZone ?? schedule.timeZone) !== timeZone) return false;
    return windowsOf(date, schedule).some(
      ({ start, end }) => minutes(start) <= minute && minute < minutes(end),
    );
  });
}

function windowsOf(date: string, schedule: Availability["schedule"]) {
  const override = schedule.overrides.findLast((candidate) => candidate.date === date);
  if (override !== undefined) return override.windows;
  if (schedule.closedDates?.includes(date)) return [];
  const weekday = new Date(date).getUTCDay() || 7;
  return schedule.weekly.filter(({ days }) => days.includes(weekday));
}

/** Whether nothing but the hours and the grid could keep a start from being offered. */
export function isFree(start: number, input: Availability): boolean {
  const bookings = input.bookings.filter(({ id }) => id !== input.excludeBookingId);
  const session = sessionAt(start, input, bookings);
  const joins = session.length > 0 && seatsTaken(session) < (input.event.seats ?? 1);
  const inTheWay = bookings.filter((booking) => !(joins && session.includes(booking)));
  return (
    isSoonEnough(start, input) &&
    isInWindow(start, input) &&
    (joins || keepsLimits(start, input, bookings)) &&
    !input.busy.some((busy) =>
      clashes(start, input, { ...busy, bufferBeforeMinutes: 0, bufferAfterMinutes: 0 }),
    ) &&
    ![...inTheWay, ...(input.holds ?? [])].some((claim) => clashes(start, input, claim))
  );
}

/** In the next minutes it is the host who has to be available, after them the notice that has to have passed. */
function isSoonEnough(start: number, { event, now, noticeFrom = now, presence }: Availability): boolean {
  const { availableNowMinutes = 0, minimumNoticeMinutes } = event;
  if (start >= now && start < now + availableNowMinutes * MINUTE) return presence === "available";
  return start >= now && start >= noticeFrom + minimumNoticeMinutes * MINUTE;
}

type Claim = Pick<OwnBooking, "start" | "end" | "bufferBeforeMinutes" | "bufferAfterMinutes">;

function clashes(start: number, { event, durationMinutes }: Availability, claim: Claim): boolean {
  if (claim.start === claim.end && claim.bufferBeforeMinutes + claim.bufferAfterMinutes === 0) return false;
  const end = start + durationMinutes * MINUTE;
  const roomBefore = (event.bufferAfterMinutes + claim.bufferBeforeMinutes) * MINUTE;
  const roomAfter = (claim.bufferAfterMinutes + event.bufferBeforeMinutes) * MINUTE;
  return !(end + roomBefore <= claim.start || claim.end + roomAfter <= start);
}

function sessionAt(start: number, { event, durationMinutes }: Availability, bookings: readonly OwnBooking[]) {
  if ((event.seats ?? 1) < 2) return [];
  const end = start + durationMinutes * MINUTE;
  return bookings.filter((b) => b.sameEventType && b.start === start && b.end === end);
}

function seatsTaken(session: readonly OwnBooking[]): number {
  return session.reduce((sum, booking) => sum + (booking.seatsTaken ?? 1), 0);
}

function isInWindow(start: number, input: Availability): boolean {
  const { window } = input.event;
  const date = dateOf(start, input);
  if (window.kind === "none") return true;
  if (window.kind === "range") return window.from <= date && date <= window.to;
  const today = Date.parse(dateOf(input.now, input));
  if (window.kind === "rolling") return Date.parse(date) <= today + window.days * DAY;
  const openDates = listOpenDates(today, input);
  const bookable = openDates.slice(0, window.days);
  return Date.parse(date) <= today || bookable.includes(date);
}

const openDatesBySchedule = new WeakMap<Availability["schedule"], string[]>();

/** The dates of the week and a half after today that have any open time. */
function listOpenDates(today: number, input: Availability): string[] {
  const known = openDatesBySchedule.get(input.schedule);
  if (known !== undefined) return known;
  const open = new Set<string>();
  for (let ms = today - DAY; ms < today + 12 * DAY; ms += 5 * MINUTE) {
    const date = dateOf(ms, input);
    if (Date.parse(date) > today && isOpenAt(ms, input)) open.add(date);
  }
  const dates = [...open].sort();
  openDatesBySchedule.set(input.schedule, dates);
  return dates;
}

function keepsLimits(start: number, input: Availability, bookings: readonly OwnBooking[]): boolean {
  const { limits, seats = 1 } = input.event;
  const own = bookings.filter((booking) => booking.sameEventType);
  const counted =
    seats > 1
      ? own.filter((a, i) => own.findIndex((b) => a.start === b.start && a.end === b.end) === i)
      : own;
  const periods = [
    { name: (date: string) => date, count: limits.dayCount, minutes: limits.dayMinutes },
    { name: mondayOf, count: limits.weekCount, minutes: limits.weekMinutes },
    { name: (date: string) => date.slice(0, 7), count: limits.monthCount, minutes: limits.monthMinutes },
  ];
  return periods.every((period) => {
    const here = period.name(dateOf(start, input));
    const same = counted.filter((booking) => period.name(dateOf(booking.start, input)) === here);
    const used = same.reduce((sum, booking) => sum + (booking.end - booking.start) / MINUTE, 0);
    return (
      same.length < (period.count ?? Infinity) && used + input.durationMinutes <= (period.minutes ?? Infinity)
    );
  });
}

function mondayOf(date: string): string {
  const day = new Date(date);
  day.setUTCDate(day.getUTCDate() - ((day.getUTCDay() + 6) % 7));
  return day.toISOString().slice(0, 10);
}

function minutes(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
}
