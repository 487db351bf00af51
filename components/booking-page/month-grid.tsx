// The date grid of the ARIA Authoring Practices: a table whose cells are reached by arrow keys.
// biome-ignore-all lint/a11y/noNoninteractiveElementToInteractiveRole: a table of days is a grid
// biome-ignore-all lint/a11y/useAriaPropsSupportedByRole: a cell of a grid can be selected
// biome-ignore-all lint/a11y/useValidAnchor: a link that leads nowhere just now is still named

import { CaretLeftIcon, CaretRightIcon } from "@phosphor-icons/react/ssr";
import { use } from "react";
import { MonthRows } from "@/components/booking-page/month-table";
import { classNames } from "@/components/ui/class-names";
import { Icon } from "@/components/ui/icon";
import type { Picker } from "@/lib/booking-page/load-picker";
import { type MonthDay, monthOf } from "@/lib/booking-page/month";
import { dayName, monthName, shortMonthAlone } from "@/lib/format/spoken-time";
import { translator } from "@/lib/i18n/translator";
import { getLocale } from "@/lib/reader/locale";

interface MonthGridProps {
  picker: Picker;
  /** The address of the page with another day or month. */
  hrefOf: (change: { date: string } | { month: string }) => string;
}

/** The month as a table of days, each a link; a script makes it one tab stop and lets arrow keys walk it. */
export function MonthGrid({ picker, hrefOf }: MonthGridProps) {
  const locale = use(getLocale());
  const words = translator("booking", locale);
  const { month, previousMonth, nextMonth } = picker;
  return (
    <div>
      <div className="mb-2 flex items-center justify-between">
        <h3 id="month-name">{monthName(month, locale)}</h3>
        <div className="flex gap-1">
          <MonthLink
            href={previousMonth && hrefOf({ month: previousMonth })}
            label={
              previousMonth
                ? words("month.previous", { month: monthName(previousMonth, locale) })
                : words("month.noPrevious")
            }
            direction="previous"
          />
          <MonthLink
            href={nextMonth && hrefOf({ month: nextMonth })}
            label={
              nextMonth ? words("month.next", { month: monthName(nextMonth, locale) }) : words("month.noNext")
            }
            direction="next"
          />
        </div>
      </div>
      <table
        role="grid"
        aria-labelledby="month-name"
        className="-mx-1 w-[calc(100%+0.5rem)] table-fixed border-separate border-spacing-1 [&_td]:p-0"
      >
        <MonthRows
          month={picker}
          headClassName="p-0 text-xs leading-7 font-medium text-muted"
          cellOf={(day) => (
            <td key={day.date} aria-selected={day.date === picker.day?.date}>
              <DayCell day={day} picker={picker} hrefOf={hrefOf} />
            </td>
          )}
        />
      </table>
    </div>
  );
}

function DayCell({ day, picker, hrefOf }: MonthGridProps & { day: MonthDay }) {
  const locale = use(getLocale());
  const words = translator("booking", locale);
  const isToday = day.date === picker.today;
  const label = words(isToday ? "month.today" : "month.day", {
    day: dayName(day.date, locale),
    times: day.times,
  });
  const shared = {
    "data-date": day.date,
    "aria-label": label,
    "aria-current": isToday ? ("date" as const) : undefined,
    className: "month-day",
  };
  const isLater = monthOf(day.date) !== picker.month;
  const number = (
    <>
      {Number(day.date.slice(8))}
      {isLater && day.date.endsWith("-01") && (
        <span className="absolute inset-x-0 top-0.5 truncate px-0.5 text-center text-xs leading-4 font-medium">
          {shortMonthAlone(monthOf(day.date), locale)}
        </span>
      )}
    </>
  );
  if (day.times === 0) {
    return (
      <a {...shared} role="link" aria-disabled="true">
        {number}
      </a>
    );
  }
  return (
    <a {...shared} href={`${hrefOf({ date: day.date })}#times`} data-soft>
      {number}
    </a>
  );
}

interface MonthLinkProps {
  href: string | null;
  label: string;
  direction: "previous" | "next";
}

function MonthLink({ href, label, direction }: MonthLinkProps) {
  const icon = <Icon glyph={direction === "previous" ? CaretLeftIcon : CaretRightIcon} turns />;
  const box = "grid size-11 place-items-center rounded-md text-ink transition-colors";
  if (!href) {
    return (
      <a
        role="link"
        aria-disabled="true"
        aria-label={label}
        className={classNames(box, "text-muted opacity-60")}
      >
        {icon}
      </a>
    );
  }
  return (
    <a
      href={href}
      data-soft
      aria-label={label}
      rel={direction === "previous" ? "prev" : "next"}
      className={classNames(box, "hover:bg-accent-tint hover:text-accent-strong")}
    >
      {icon}
    </a>
  );
}
