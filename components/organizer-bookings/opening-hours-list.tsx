import { dateRuns, weekdayRuns } from "@/components/organizer-bookings/opening-hours";
import { columnDates } from "@/lib/booking-page/month";
import { readClock } from "@/lib/booking-page/visitor";
import { dateName, dateRangeName, wallRange, weekdayName } from "@/lib/format/spoken-time";
import type { Clock } from "@/lib/format/wall-clock";
import type { Locale } from "@/lib/i18n/languages";
import { translator } from "@/lib/i18n/translator";
import { getLocale } from "@/lib/reader/locale";
import { toDate, toDayNumber } from "@/lib/slot-engine/calendar-date";
import type { LocalWindow, ScheduleRules } from "@/lib/slot-engine/rules";

/** How far ahead date overrides are shown. */
const aheadDays = 60;

interface OpeningHoursListProps {
  schedule: Pick<ScheduleRules, "weekly" | "overrides">;
  today: string;
}

/** When the organizer is open, week first, then the days that differ. */
export async function OpeningHoursList({ schedule, today }: OpeningHoursListProps) {
  const locale = await getLocale();
  const words = translator("bookings", locale);
  const clock = await readClock();
  const weekdays = columnDates(1);
  const nameOf = (day: number) => weekdayName(weekdays[day - 1] ?? today, "long", locale);
  const span = (first: string, last: string) =>
    first === last ? first : words("hours.days", { from: first, to: last });
  const dateSpan = (first: string, last: string) =>
    first === last ? dateName(first, locale) : dateRangeName(first, last, locale);
  const until = toDate(toDayNumber(today) + aheadDays);
  const lines = [
    ...weekdayRuns(schedule.weekly).map((run) => ({
      days: span(nameOf(run.first), nameOf(run.last)),
      windows: run.windows,
    })),
    ...dateRuns(schedule.overrides, today, until).map((run) => ({
      days: dateSpan(run.first, run.last),
      windows: run.windows,
    })),
  ];
  if (lines.length === 0) return <p className="text-sm text-muted">{words("hours.never")}</p>;
  return (
    <dl className="grid gap-1.5 text-sm">
      {lines.map(({ days, windows }) => (
        <div key={days} className="flex items-baseline justify-between gap-4">
          <dt>{days}</dt>
          <dd className="text-end text-muted">
            {windows.length === 0 ? (
              words("hours.closed")
            ) : (
              <Windows windows={windows} clock={clock} locale={locale} />
            )}
          </dd>
        </div>
      ))}
    </dl>
  );
}

interface WindowsProps {
  windows: LocalWindow[];
  clock: Clock;
  locale: Locale;
}

function Windows({ windows, clock, locale }: WindowsProps) {
  return windows.map(({ start, end }) => (
    <span key={start} className="block whitespace-nowrap">
      {wallRange(start, end, clock, locale)}
    </span>
  ));
}
