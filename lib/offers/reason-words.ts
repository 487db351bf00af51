/** The engine's reasons in plain words. Instants are epoch milliseconds. PURE but for the catalogue of words. */

import { placeOf } from "@/lib/format/places";
import { type Clock, clockRange, clockTime, longDayName } from "@/lib/format/spoken-time";
import { translator } from "@/lib/i18n/translator";
import type { Offer } from "@/lib/offers/offer";
import type { XRayReason } from "@/lib/offers/x-ray";
import { toDayNumber, weekdayIndexOf } from "@/lib/slot-engine/calendar-date";
import type { ScheduleRules } from "@/lib/slot-engine/rules";
import { localDateOf } from "@/lib/slot-engine/zone";

/** What the words are about, and who reads them. */
export interface Asked {
  offer: Offer;
  start: number;
  durationMinutes: number;
  /** IANA: times are written in it. */
  timeZone: string;
  clock: Clock;
}

const words = translator("x-ray");

/** What stands against a start, and what would help, in a sentence or two. */
export function describeReason(reason: XRayReason, asked: Asked): string {
  const { offer, durationMinutes } = asked;
  const at = (ms: number) => momentOf(ms, asked);
  switch (reason.code) {
    case "unknown_duration":
      return words("reasons.unknown_duration", {
        minutes: durationMinutes,
        durations: reason.durationsMinutes.join(", "),
      });
    case "outside_hours":
      return describeHours(reason.openUntil, asked);
    case "off_grid":
      return words("reasons.off_grid", {
        previous: reason.previousStart === null ? "" : at(reason.previousStart),
        next: reason.nextStart === null ? "" : at(reason.nextStart),
        which: `${reason.previousStart === null ? "" : "previous"}${reason.nextStart === null ? "" : "next"}`,
      });
    case "too_soon":
      return words("reasons.too_soon", {
        notice: speakMinutes(offer.eventType.minimumNoticeMinutes),
        earliest: at(reason.earliestStart),
      });
    case "before_window":
      return words("reasons.before_window", { day: longDayName(reason.firstDate) });
    case "beyond_window":
      return words("reasons.beyond_window", { day: longDayName(reason.lastDate) });
    case "calendar_unread":
      return words("reasons.calendar_unread", { range: rangeOf(reason, asked) });
    case "busy":
    case "held":
    case "booked":
      return words(`reasons.${reason.code}`, { range: rangeOf(reason, asked) });
    case "session_full":
      return words("reasons.session_full", { range: rangeOf(reason, asked), seats: reason.seats });
    case "buffer":
      return words("reasons.buffer", { range: rangeOf(reason, asked), beside: reason.beside });
    default:
      return words(`reasons.${reason.code}`, {
        measure: reason.measure,
        used: reason.used,
        limit: reason.limit,
        minutes: durationMinutes,
      });
  }
}

/** "4 hours", "2 days", "45 minutes" */
export function speakMinutes(minutes: number): string {
  if (minutes > 0 && minutes % 1440 === 0) return words("lengths.days", { count: minutes / 1440 });
  if (minutes > 0 && minutes % 60 === 0) return words("lengths.hours", { count: minutes / 60 });
  return words("lengths.minutes", { count: minutes });
}

function describeHours(openUntil: number | null, asked: Asked): string {
  const { offer, start, durationMinutes, timeZone, clock } = asked;
  const { schedule } = offer;
  if (openUntil !== null) {
    const until = clockTime(openUntil, timeZone, clock);
    return words("reasons.outlasts_hours", { until, minutes: durationMinutes });
  }
  const date = localDateOf(start, schedule.timeZone);
  const day = longDayName(date);
  const override = schedule.overrides.find((one) => one.date === date);
  const journey = schedule.travel?.find(({ from, to }) => from <= date && date <= to);
  const place = placeOf(journey?.timeZone ?? schedule.timeZone);
  const holiday = schedule.closedDateNames[date];
  if (override?.windows.length === 0) return words("reasons.closed_by_you", { day });
  if (!override && holiday !== undefined) return words("reasons.closed_holiday", { day, holiday });
  const hours = hoursOn(date, schedule);
  if (hours === "") return words("reasons.closed_weekday", { day });
  return words("reasons.outside_hours", { day, hours, place });
}

/** "09:00–12:30, 13:30–17:00": the windows of a date on the wall clock of its zone. */
function hoursOn(date: string, { overrides, weekly }: ScheduleRules): string {
  const weekday = weekdayIndexOf(toDayNumber(date)) + 1;
  const windows =
    overrides.find((one) => one.date === date)?.windows ??
    weekly.filter(({ days }) => days.includes(weekday));
  return [...windows]
    .sort((a, b) => a.start.localeCompare(b.start))
    .map(({ start, end }) => `${start}–${end}`)
    .join(", ");
}

/** A time, with its day where that is not the day asked about. */
function momentOf(ms: number, { start, timeZone, clock }: Asked): string {
  const time = clockTime(ms, timeZone, clock);
  const date = localDateOf(ms, timeZone);
  if (date === localDateOf(start, timeZone)) return time;
  return words("moment", { day: longDayName(date), time });
}

function rangeOf({ start, end }: { start: number; end: number }, asked: Asked): string {
  const { timeZone, clock } = asked;
  const sameDay = localDateOf(start, timeZone) === localDateOf(end - 1, timeZone);
  return sameDay
    ? clockRange(start, end, timeZone, clock)
    : words("range", { from: momentOf(start, asked), to: momentOf(end, asked) });
}
