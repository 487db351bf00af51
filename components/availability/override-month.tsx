"use client";

import { CaretLeftIcon, CaretRightIcon } from "@phosphor-icons/react/ssr";
import { useState } from "react";
import type { ScheduleWords } from "@/components/availability/schedule-form";
import { Button } from "@/components/ui/button";
import { classNames } from "@/components/ui/class-names";
import { Icon } from "@/components/ui/icon";
import { useHydrated } from "@/components/ui/use-hydrated";
import { addMonths, columnDates, weeksOf } from "@/lib/booking-page/month";
import { writeDate } from "@/lib/format/date-words";
import { fillIn } from "@/lib/i18n/fill-in";
import { type FormValues, rowsOf } from "@/lib/input/form-values";

interface OverrideMonthProps {
  typed: FormValues;
  words: ScheduleWords;
  /** Holidays by date. */
  closedDates: Readonly<Record<string, string>>;
  /** The organizer's today, `YYYY-MM-DD`. */
  today: string;
  /** The language of dates (BCP 47). */
  dateLanguage: string;
}

/** Weeks start on Monday, as in the weekly hours above. */
const firstWeekday = 1;

type Kind = "open" | "closed" | "holiday" | "own" | "shut";

/** A month to choose dates from; a day that is pressed gets a row of its own below. */
export function OverrideMonth({ typed, words, closedDates, today, dateLanguage }: OverrideMonthProps) {
  const isHydrated = useHydrated();
  const [month, setMonth] = useState(today.slice(0, 7));
  if (!isHydrated) return null;
  const own = new Map(rowsOf(typed, "overrides").map((row) => [row.date ?? "", row]));

  function kindOf(date: string, weekday: number): Kind {
    const row = own.get(date);
    if (row) return rowsOf(row, "windows").length > 0 ? "own" : "closed";
    if (closedDates[date] !== undefined) return "holiday";
    return rowsOf(typed, `week.${weekday}`).length > 0 ? "open" : "shut";
  }

  return (
    <div className="w-full max-w-104 rounded-lg border border-hairline bg-surface p-4">
      <MonthHead month={month} setMonth={setMonth} words={words} dateLanguage={dateLanguage} />
      <div className="grid grid-cols-7 gap-1 text-center text-sm">
        {columnDates(firstWeekday).map((date) => (
          <span key={date} aria-hidden="true" className="text-xs text-muted">
            {writeDate(date, "shortWeekday", dateLanguage)}
          </span>
        ))}
        {weeksOf(month, firstWeekday)
          .flat()
          .map((day, place) => {
            // biome-ignore lint/suspicious/noArrayIndexKey: an empty place has nothing but its place
            if (!day) return <span key={place} />;
            const { date } = day;
            const kind = kindOf(date, (place % 7) + 1);
            const holiday = closedDates[date];
            const label = fillIn(holiday ? words.monthHoliday : words.monthDay, {
              date: writeDate(date, "day", dateLanguage),
              kind: words.dayKinds[kind],
              holiday: holiday ?? "",
            });
            return (
              <button
                key={date}
                type="submit"
                name="intent"
                value={`add-date:${date}`}
                aria-label={label}
                className={classNames(
                  "relative flex min-h-10 items-center justify-center rounded-md border",
                  looks[date < today ? "shut" : kind],
                )}
              >
                {Number(date.slice(8))}
                {date === today && <span className="absolute bottom-1 size-1.5 rounded-full bg-brass" />}
              </button>
            );
          })}
      </div>
      <Legend words={words} />
    </div>
  );
}

interface MonthHeadProps extends Pick<OverrideMonthProps, "words" | "dateLanguage"> {
  /** `YYYY-MM` */
  month: string;
  setMonth: (month: string) => void;
}

function MonthHead({ month, setMonth, words, dateLanguage }: MonthHeadProps) {
  return (
    <div className="mb-2 flex items-center justify-between">
      <p role="status" className="font-semibold">
        {writeDate(`${month}-01`, "month", dateLanguage)}
      </p>
      <div className="flex gap-1">
        {[
          { label: words.monthBefore, by: -1, glyph: CaretLeftIcon },
          { label: words.monthAfter, by: 1, glyph: CaretRightIcon },
        ].map(({ label, by, glyph }) => (
          <Button
            key={by}
            kind="quiet"
            square
            size="sm"
            aria-label={label}
            onClick={() => setMonth(addMonths(month, by))}
          >
            <Icon glyph={glyph} turns />
          </Button>
        ))}
      </div>
    </div>
  );
}

function Legend({ words }: Pick<OverrideMonthProps, "words">) {
  return (
    <ul className="mt-3 flex flex-wrap gap-x-4 gap-y-1 text-xs text-muted">
      {(["own", "closed", "holiday"] as const).map((kind) => (
        <li key={kind} className="flex items-center gap-1.5">
          <span aria-hidden="true" className={classNames("size-4 rounded-sm border", looks[kind])} />
          {words.dayKinds[kind]}
        </li>
      ))}
    </ul>
  );
}

const looks: Record<Kind, string> = {
  open: "border-transparent bg-accent-tint text-accent-strong hover:border-accent",
  shut: "border-transparent text-muted hover:border-control",
  own: "border-transparent bg-accent font-semibold text-accent-ink",
  closed: "border-danger text-danger line-through",
  holiday: "border-dashed border-control text-muted line-through hover:border-ink",
};
