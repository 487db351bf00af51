import { use } from "react";
import { MonthRows } from "@/components/booking-page/month-table";
import { classNames } from "@/components/ui/class-names";
import type { Picker } from "@/lib/booking-page/load-picker";
import { dayName, monthName } from "@/lib/format/spoken-time";
import { translator } from "@/lib/i18n/translator";
import { getLocale } from "@/lib/reader/locale";

/** The first month that visitors find times in, to look at: what the rules and the schedule make of it now. */
export function MonthPreview({ picker }: { picker: Pick<Picker, "month" | "weeks" | "weekStartsOn"> }) {
  const locale = use(getLocale());
  const words = translator("event-types", locale);
  const month = monthName(picker.month, locale);
  const times = picker.weeks.flat().reduce((sum, day) => sum + (day?.times ?? 0), 0);
  return (
    <div className="grid gap-2 border-t border-hairline pt-4">
      <p className="font-semibold">{month}</p>
      <table className="-mx-0.5 w-[calc(100%+0.25rem)] table-fixed border-separate border-spacing-0.5 text-center text-sm">
        <caption className="sr-only">{words("month.caption", { month })}</caption>
        <MonthRows
          month={picker}
          headClassName="text-xs font-medium text-muted"
          cellOf={(day) => (
            <td
              key={day.date}
              className={classNames(
                "h-9 rounded-sm",
                day.times > 0 ? "bg-accent-tint font-strong text-accent-strong" : "text-muted",
              )}
            >
              <span aria-hidden="true">{Number(day.date.slice(8))}</span>
              <span className="sr-only">
                {words("month.day", { day: dayName(day.date, locale), times: day.times })}
              </span>
            </td>
          )}
        />
      </table>
      <p className="text-sm text-muted">{words("month.times", { times, month })}</p>
    </div>
  );
}
