/** Where bookings appear in the drawing of a week. Dates are `YYYY-MM-DD` in the organizer's zone. PURE. */
import type { BookingView } from "@/lib/booking-record/queries";
import { localDateOf, wallTime } from "@/lib/slot-engine/zone";

/** The drawing has four rows an hour. */
const rowMinutes = 15;

export interface WeekBlock {
  /** Those who share the appointment, in the order they booked. */
  bookings: [BookingView, ...BookingView[]];
  /** Rows of a quarter of an hour after midnight: the first, and how many. */
  row: number;
  span: number;
}

/** What begins on a date, each appointment once, in order; none is drawn over another. */
export function blocksOf(date: string, bookings: readonly BookingView[], timeZone: string): WeekBlock[] {
  const meetings = new Map<string, [BookingView, ...BookingView[]]>();
  for (const booking of bookings) {
    if (localDateOf(booking.startsAt.getTime(), timeZone) !== date) continue;
    const known = meetings.get(booking.meeting.id);
    if (known) known.push(booking);
    else meetings.set(booking.meeting.id, [booking]);
  }
  const blocks: WeekBlock[] = [];
  let free = 0;
  for (const shared of meetings.values()) {
    const [{ startsAt, endsAt }] = shared;
    const start = wallTime(startsAt.getTime(), timeZone).minuteOfDay;
    const end = Math.min(24 * 60, start + (endsAt.getTime() - startsAt.getTime()) / 60_000);
    const row = Math.max(free, Math.floor(start / rowMinutes));
    const span = Math.max(1, Math.ceil(end / rowMinutes) - row);
    blocks.push({ bookings: shared, row, span });
    free = row + span;
  }
  return blocks;
}

/** The whole hours that hold every block, and the usual day in any case. */
export function hoursAround(blocks: readonly WeekBlock[]): { fromHour: number; toHour: number } {
  const first = Math.min(...blocks.map(({ row }) => Math.floor((row * rowMinutes) / 60)), 8);
  const last = Math.max(...blocks.map(({ row, span }) => Math.ceil(((row + span) * rowMinutes) / 60)), 18);
  return { fromHour: first, toHour: Math.min(24, last) };
}
