import { addSchedule, saveSchedule } from "@/app/account/availability/actions";
import { HolidaySummary } from "@/components/availability/holiday-summary";
import { ScheduleForm } from "@/components/availability/schedule-form";
import { ZoneOptions } from "@/components/availability/zone-options";
import { readClock } from "@/lib/booking-page/visitor";
import { clockTime } from "@/lib/format/spoken-time";
import { languageOf } from "@/lib/i18n/languages";
import { translator } from "@/lib/i18n/translator";
import type { FormValues } from "@/lib/input/form-values";
import { getLocale } from "@/lib/reader/locale";
import { toDate, toDayNumber } from "@/lib/slot-engine/calendar-date";
import { localDateOf } from "@/lib/slot-engine/zone";

interface ScheduleEditorProps {
  /** Null for a new one. */
  id: string | null;
  values: FormValues;
  /** The holidays to come that are closed, by date and in order. */
  closedDates?: readonly [date: string, name: string][];
}

/** Dates can be looked at this far ahead. */
const shownDays = 400;

/** The form of one schedule, with the zones to choose from. */
export async function ScheduleEditor({ id, values, closedDates = [] }: ScheduleEditorProps) {
  const timeZone = values.timeZone ?? "UTC";
  const now = Date.now();
  const locale = await getLocale();
  const words = translator("availability", locale);
  const clock = await readClock();
  const today = localDateOf(now, timeZone);
  const last = toDate(toDayNumber(today) + shownDays);
  const shown = closedDates.filter(([date]) => date <= last);
  return (
    <ScheduleForm
      key={id}
      action={id === null ? addSchedule : saveSchedule.bind(null, id)}
      values={values}
      words={languageOf(locale).messages.availability.form}
      zones={<ZoneOptions present={timeZone} at={now} />}
      clock={clock}
      nowThere={{
        pattern: words("nowThere", { time: "{time}" }),
        time: clockTime(now, timeZone, clock, locale),
      }}
      closings={{ closedDates: Object.fromEntries(shown), today, dateLanguage: languageOf(locale).formats }}
      holidays={id && <HolidaySummary scheduleId={id} coming={shown} />}
      discardHref={id ? `/account/availability/${id}` : "/account/availability"}
    />
  );
}
