"use client";

import { CaretLeftIcon, CaretRightIcon } from "@phosphor-icons/react/ssr";
import { useState } from "react";
import type { ScheduleWords } from "@/components/availability/schedule-form";
import { Button } from "@/components/ui/button";
import { classNames } from "@/components/ui/class-names";
import { Icon } from "@/components/ui/icon";
import { useHydrated } from "@/components/ui/use-hydrated";
import { writeDate } from "@/lib/format/date-words";
import { fillIn } from "@/lib/i18n/fill-in";
import { type FormValues, rowsOf } from "@/lib/input/form-values";
import { toDate, toDayNumber } from "@/lib/slot-engine/calendar-date";

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

type Kind = "open" | "closed" | "holiday" | "own" | "shut";

/** Any. */
const monday = toDayNumber("2024-01-01");
const dayMs = 24 * 3600 * 1000;
const dateAt = (year: number, month: number, day: number) =>
  new Date(Date.UTC(year, month, day)).toISOString().slice(0, 10);

/** A month to choose dates from; a day that is pressed gets a row of its own below. */
export function OverrideMonth({ typed, words, closedDates, today, dateLanguage }: OverrideMonthProps) {
  const isHydrated = useHydrated();
  const [month, setMonth] = useState(today.slice(0, 7));
  if (!isHydrated) return null;
  const [year = 0, number = 1] = month.split("-").map(Number);
  const first = Date.UTC(year, number - 1, 1);
  const lead = (new Date(first).getUTCDay() + 6) % 7;
  const days = new Date(Date.UTC(year, number, 0)).getUTCDate();
  const own = new Map(rowsOf(typed, "overrides").map((row) => [row.date ?? "", row]));
  const move = (by: number) => setMonth(dateAt(year, number - 1 + by, 1).slice(0, 7));

  function kindOf(date: string, weekday: number): Kind {
    const row = own.get(date);
    if (row) return rowsOf(row, "windows").length > 0 ? "own" : "closed";
    if (closedDates[date] !== undefined) return "holiday";
    return rowsOf(typed, `week.${weekday}`).length > 0 ? "open" : "shut";
  }

  return (
    <div className="w-full max-w-104 rounded-lg border border-hairline bg-surface p-4">
      <div className="mb-2 flex items-center justify-between">
        <p role="status" className="font-semibold">
          {writeDate(`${month}-01`, "month", dateLanguage)}
        </p>
        <div className="flex gap-1">
          <Button kind="quiet" square size="sm" aria-label={words.monthBefore} onClick={() => move(-1)}>
            <Icon glyph={CaretLeftIcon} turns />
          </Button>
          <Button kind="quiet" square size="sm" aria-label={words.monthAfter} onClick={() => move(1)}>
            <Icon glyph={CaretRightIcon} turns />
          </Button>
        </div>
      </div>
      <div className="grid grid-cols-7 gap-1 text-center text-sm">
        {Array.from({ length: 7 }, (_, index) => (
          <span
            // biome-ignore lint/suspicious/noArrayIndexKey: a column has nothing but its place
            key={index}
            aria-hidden="true"
            className="text-xs text-muted"
          >
            {writeDate(toDate(monday + index), "shortWeekday", dateLanguage)}
          </span>
        ))}
        {Array.from({ length: days }, (_, index) => {
          const ms = first + index * dayMs;
          const date = new Date(ms).toISOString().slice(0, 10);
          const kind = kindOf(date, ((lead + index) % 7) + 1);
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
                columnStarts[index === 0 ? lead : -1],
                looks[date < today ? "shut" : kind],
              )}
            >
              {index + 1}
              {date === today && <span className="absolute bottom-1 size-1.5 rounded-full bg-brass" />}
            </button>
          );
        })}
      </div>
      <ul className="mt-3 flex flex-wrap gap-x-4 gap-y-1 text-xs text-muted">
        {(["own", "closed", "holiday"] as const).map((kind) => (
          <li key={kind} className="flex items-center gap-1.5">
            <span aria-hidden="true" className={classNames("size-4 rounded-sm border", looks[kind])} />
            {words.dayKinds[kind]}
          </li>
        ))}
      </ul>
    </div>
  );
}

const looks: Record<Kind, string> = {
  open: "border-transparent bg-accent-tint text-accent-strong hover:border-accent",
  shut: "border-transparent text-muted hover:border-control",
  own: "border-transparent bg-accent font-semibold text-accent-ink",
  closed: "border-danger text-danger line-through",
  holiday: "border-dashed border-control text-muted line-through hover:border-ink",
};

const columnStarts: Record<number, string> = {
  0: "col-start-1",
  1: "col-start-2",
  2: "col-start-3",
  3: "col-start-4",
  4: "col-start-5",
  5: "col-start-6",
  6: "col-start-7",
};
