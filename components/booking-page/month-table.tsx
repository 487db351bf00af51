import { type ReactNode, use } from "react";
import type { Picker } from "@/lib/booking-page/load-picker";
import { columnDates, type MonthDay } from "@/lib/booking-page/month";
import { weekdayName } from "@/lib/format/spoken-time";
import { getLocale } from "@/lib/reader/locale";

interface MonthRowsProps {
  month: Pick<Picker, "weeks" | "weekStartsOn">;
  headClassName: string;
  /** A day's cell (`td`). */
  cellOf: (day: MonthDay) => ReactNode;
}

/** The head and body of a month's table: a row of weekdays, then the weeks. */
export function MonthRows({ month: { weeks, weekStartsOn }, headClassName, cellOf }: MonthRowsProps) {
  const locale = use(getLocale());
  return (
    <>
      <thead>
        <tr>
          {columnDates(weekStartsOn).map((date) => (
            <th key={date} scope="col" abbr={weekdayName(date, "long", locale)} className={headClassName}>
              {weekdayName(date, "short", locale)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {weeks.map((week) => (
          <tr key={week.find((day) => day !== null)?.date}>
            {week.map((day, column) =>
              // biome-ignore lint/suspicious/noArrayIndexKey: an empty place has nothing but its column
              day ? cellOf(day) : <td key={column} />,
            )}
          </tr>
        ))}
      </tbody>
    </>
  );
}
