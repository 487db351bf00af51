import { use } from "react";
import { classNames } from "@/components/ui/class-names";
import type { Picker } from "@/lib/booking-page/load-picker";
import { type PickerQuery, writePickerQuery } from "@/lib/booking-page/picker-query";
import { translator } from "@/lib/i18n/translator";
import { getLocale } from "@/lib/reader/locale";

interface DurationChoiceProps {
  durationsMinutes: readonly number[];
  picker: Picker;
  query: PickerQuery;
  /** The address of the page, without its query. */
  path: string;
}

/** The lengths a visitor may choose from, each a link to the same page; nothing where there is no choice. */
export function DurationChoice({ durationsMinutes, picker, query, path }: DurationChoiceProps) {
  const words = translator("booking", use(getLocale()));
  if (durationsMinutes.length < 2) return null;
  const shown = picker.day ? { date: picker.day.date } : { month: picker.month };
  const hrefOf = (durationMinutes: number) =>
    path + writePickerQuery({ ...query, startsAt: null, ...shown, durationMinutes });
  return (
    <nav aria-label={words("page.duration")} className="mb-4">
      <ul className="inline-flex max-w-full flex-wrap gap-0.5 rounded-md border border-control bg-raised p-[3px]">
        {durationsMinutes.map((minutes) => (
          <li key={minutes}>
            <a
              href={hrefOf(minutes)}
              data-soft
              aria-current={minutes === picker.durationMinutes ? "true" : undefined}
              className={classNames(
                "grid min-h-10 place-items-center rounded-sm border border-transparent px-3.5 text-sm font-medium text-muted no-underline transition-colors hover:text-ink",
                "aria-current:bg-accent-tint aria-current:font-strong aria-current:text-accent-strong forced-colors:aria-current:border-current",
              )}
            >
              {words("minutes", { minutes })}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
