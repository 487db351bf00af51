/** The week strip's days. Dates are `YYYY-MM-DD` in the organizer's zone. PURE. */

import { bookingState } from "@/components/organizer-bookings/booking-state";
import type { WeekBlock, WeekDay } from "@/components/ui/week-strip";
import type { BookingView } from "@/lib/booking-record/queries";
import { dayName, weekdayName } from "@/lib/format/spoken-time";
import type { Locale } from "@/lib/i18n/languages";
import { translator } from "@/lib/i18n/translator";
import { mondayOf, toDate, toDayNumber } from "@/lib/slot-engine/calendar-date";
import { localDateOf, wallTime } from "@/lib/slot-engine/zone";

/** The seven dates of the week around a date, Monday first. */
export function weekAround(date: string): string[] {
  const monday = mondayOf(toDayNumber(date));
  return Array.from({ length: 7 }, (_, index) => toDate(monday + index));
}

interface WeekOptions {
  timeZone: string;
  today: string;
  hrefOf: (date: string) => string;
}

/** Puts bookings on the dates they start on. */
export function toWeekDays(
  dates: string[],
  bookings: BookingView[],
  options: WeekOptions,
  locale: Locale,
): WeekDay[] {
  const { timeZone, today, hrefOf } = options;
  const words = translator("bookings", locale);
  return dates.map((date) => {
    const own = bookings.filter((booking) => localDateOf(booking.startsAt.getTime(), timeZone) === date);
    const blocks = own.map((booking) => toBlock(booking, timeZone));
    const count = (kind: WeekBlock["kind"]) => blocks.filter((block) => block.kind === kind).length;
    const isToday = date === today;
    return {
      href: hrefOf(date),
      weekday: weekdayName(date, "short", locale),
      numeral: String(Number(date.slice(8))),
      name: words("week.day", {
        day: dayName(date, locale),
        today: String(isToday),
        count: own.length,
        pending: count("pending"),
        linkless: count("waits"),
      }),
      count: own.length > 0 ? String(own.length) : "",
      isToday,
      blocks: withoutTwins(blocks),
    };
  });
}

/** Hours that hold every block, and the usual day in any case. */
export function hoursOf(days: WeekDay[]): { fromHour: number; toHour: number } {
  const blocks = days.flatMap((day) => day.blocks);
  const starts = blocks.map(({ startMinutes }) => Math.floor(startMinutes / 60));
  const ends = blocks.map(({ startMinutes, durationMinutes }) =>
    Math.ceil((startMinutes + durationMinutes) / 60),
  );
  return { fromHour: Math.min(8, ...starts), toHour: Math.min(24, Math.max(18, ...ends)) };
}

function toBlock(booking: BookingView, timeZone: string): WeekBlock {
  const state = bookingState(booking);
  const waits = state === "waits" || state === "failed" || state === "creating";
  return {
    startMinutes: wallTime(booking.startsAt.getTime(), timeZone).minuteOfDay,
    durationMinutes: (booking.endsAt.getTime() - booking.startsAt.getTime()) / 60_000,
    kind: state === "pending" || state === "unconfirmed" ? "pending" : waits ? "waits" : "held",
  };
}

/** The seats of one event are one block. */
function withoutTwins(blocks: WeekBlock[]): WeekBlock[] {
  const seen = new Map(
    blocks.map((block) => [`${block.startMinutes} ${block.durationMinutes} ${block.kind}`, block]),
  );
  return [...seen.values()];
}
