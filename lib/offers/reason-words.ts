/** The engine's reasons in plain words. Instants are epoch milliseconds. PURE but for the catalogue of words. */

import { listOf } from "@/lib/format/lists";
import { placeOf } from "@/lib/format/places";
import { type Clock, clockRange, clockTime, longDayName } from "@/lib/format/spoken-time";
import type { Locale } from "@/lib/i18n/languages";
import { translator } from "@/lib/i18n/translator";
import type { Offer } from "@/lib/offers/offer";
import type { UnofferedReason } from "@/lib/offers/troubleshoot";
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
  locale: Locale;
}

/** Of an organizer's own event type it is they who read it; a team's is read by anyone of the team, and each host is named beside it. */
const whoseWords = ({ eventType }: Offer) => (eventType.teamId === null ? "reasons" : "hostReasons");

/** What prevents a start, and what would help, in a sentence or two. */
export function describeReason(reason: UnofferedReason, asked: Asked): string {
  const { offer, durationMinutes, locale } = asked;
  const words = translator("troubleshoot", locale);
  const whose = whoseWords(offer);
  const at = (ms: number) => momentOf(ms, asked);
  switch (reason.code) {
    case "unknown_duration":
      return words("reasons.unknown_duration", {
        minutes: durationMinutes,
        durations: listOf(reason.durationsMinutes.map(String), locale),
      });
    case "outside_hours":
      return describeHours(reason.openUntil, asked);
    case "off_grid":
      return words(`${whose}.off_grid`, {
        previous: reason.previousStart === null ? "" : at(reason.previousStart),
        next: reason.nextStart === null ? "" : at(reason.nextStart),
        which: `${reason.previousStart === null ? "" : "previous"}${reason.nextStart === null ? "" : "next"}`,
      });
    case "too_soon":
      return words(`${whose}.too_soon`, {
        notice: speakMinutes(offer.eventType.minimumNoticeMinutes, locale),
        earliest: at(reason.earliestStart),
      });
    case "not_available_now":
      return words(`${whose}.not_available_now.${reason.presence}`, { until: at(reason.until) });
    case "before_window":
      return words(`${whose}.before_window`, { day: longDayName(reason.firstDate, locale) });
    case "beyond_window":
      return words(`${whose}.beyond_window`, { day: longDayName(reason.lastDate, locale) });
    case "calendar_unread":
      return words(`${whose}.calendar_unread`, { range: rangeOf(reason, asked) });
    case "automatic_replies":
      return reason.end === null
        ? words(`${whose}.automatic_replies.open`, { from: at(reason.start) })
        : words(`${whose}.automatic_replies.until`, {
            range: rangeOf({ start: reason.start, end: reason.end }, asked),
          });
    case "busy":
    case "booked":
      return words(`${whose}.${reason.code}`, { range: rangeOf(reason, asked) });
    case "held":
      return words("reasons.held", { range: rangeOf(reason, asked) });
    case "no_room":
      return words("reasons.no_room");
    case "session_full":
      return words("reasons.session_full", { range: rangeOf(reason, asked), seats: reason.seats });
    case "buffer":
      return words(`${whose}.buffer`, { range: rangeOf(reason, asked), beside: reason.beside });
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
function speakMinutes(minutes: number, locale: Locale): string {
  const words = translator("troubleshoot", locale);
  if (minutes > 0 && minutes % 1440 === 0) return words("lengths.days", { count: minutes / 1440 });
  if (minutes > 0 && minutes % 60 === 0) return words("lengths.hours", { count: minutes / 60 });
  return words("lengths.minutes", { count: minutes });
}

function describeHours(openUntil: number | null, asked: Asked): string {
  const { offer, start, durationMinutes, timeZone, clock, locale } = asked;
  const words = translator("troubleshoot", locale);
  const whose = whoseWords(offer);
  const [{ schedule }] = offer.hosts;
  if (openUntil !== null) {
    const until = clockTime(openUntil, timeZone, clock, locale);
    return words(`${whose}.outlasts_hours`, { until, minutes: durationMinutes });
  }
  const date = localDateOf(start, schedule.timeZone);
  const day = longDayName(date, locale);
  const override = schedule.overrides.find((one) => one.date === date);
  const journey = schedule.travel?.find(({ from, to }) => from <= date && date <= to);
  const place = placeOf(journey?.timeZone ?? schedule.timeZone, locale);
  const holiday = schedule.closedDateNames[date];
  if (override?.windows.length === 0) return words(`${whose}.closed_by_you`, { day });
  if (!override && holiday !== undefined) return words("reasons.closed_holiday", { day, holiday });
  const hours = listOf(hoursOn(date, schedule), locale);
  if (hours === "") return words(`${whose}.closed_weekday`, { day });
  return words(`${whose}.outside_hours`, { day, hours, place });
}

/** "09:00–12:30", "13:30–17:00": the windows of a date on the wall clock of its zone. */
function hoursOn(date: string, { overrides, weekly }: ScheduleRules): string[] {
  const weekday = weekdayIndexOf(toDayNumber(date)) + 1;
  const windows =
    overrides.find((one) => one.date === date)?.windows ??
    weekly.filter(({ days }) => days.includes(weekday));
  return [...windows]
    .sort((a, b) => a.start.localeCompare(b.start))
    .map(({ start, end }) => `${start}–${end}`);
}

/** A time, with its day where that is not the day asked about. */
function momentOf(ms: number, { start, timeZone, clock, locale }: Asked): string {
  const time = clockTime(ms, timeZone, clock, locale);
  const date = localDateOf(ms, timeZone);
  if (date === localDateOf(start, timeZone)) return time;
  return translator("troubleshoot", locale)("moment", { day: longDayName(date, locale), time });
}

function rangeOf({ start, end }: { start: number; end: number }, asked: Asked): string {
  const { timeZone, clock, locale } = asked;
  const sameDay = localDateOf(start, timeZone) === localDateOf(end - 1, timeZone);
  return sameDay
    ? clockRange(start, end, timeZone, clock, locale)
    : translator("troubleshoot", locale)("range", { from: momentOf(start, asked), to: momentOf(end, asked) });
}
