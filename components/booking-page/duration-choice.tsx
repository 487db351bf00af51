import { use } from "react";
import { ChoiceLinks } from "@/components/booking-page/choice-links";
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
    <ChoiceLinks
      label={words("page.duration")}
      links={durationsMinutes.map((minutes) => ({
        href: hrefOf(minutes),
        label: words("minutes", { minutes }),
        isCurrent: minutes === picker.durationMinutes,
      }))}
      className="mb-4"
    />
  );
}
