import { use } from "react";
import { classNames } from "@/components/ui/class-names";
import { Seal } from "@/components/ui/seal";
import type { Picker } from "@/lib/booking-page/load-picker";
import { type PickerQuery, writePickerQuery } from "@/lib/booking-page/picker-query";
import { translator } from "@/lib/i18n/translator";
import { getLocale } from "@/lib/reader/locale";

interface Person {
  name: string;
  handle: string;
}

interface HostChoiceProps {
  people: readonly Person[];
  /** Null: anyone. */
  person: Person | null;
  picker: Picker;
  query: PickerQuery;
  /** The address of the page, without its query. */
  path: string;
}

/** The hosts a visitor may choose from, each a link to the same page; nothing where there is no choice. */
export function HostChoice({ people, person, picker, query, path }: HostChoiceProps) {
  const words = translator("booking", use(getLocale()));
  if (people.length === 0) return null;
  const shown = picker.day ? { date: picker.day.date } : { month: picker.month };
  const hrefOf = (host: string | null) =>
    path + writePickerQuery({ ...query, startsAt: null, ...shown, host });
  const choices = [null, ...people];
  return (
    <div className="mb-6">
      <p className="mb-2 text-sm font-semibold" id="pick-person">
        {words("page.person")}
      </p>
      <ul aria-labelledby="pick-person" className="flex flex-wrap gap-2">
        {choices.map((one) => (
          <li key={one?.handle ?? ""} className="max-w-full">
            <a
              href={hrefOf(one?.handle ?? null)}
              data-soft
              aria-current={one?.handle === person?.handle ? "true" : undefined}
              className={classNames(
                "flex min-h-13 max-w-full items-center gap-2.5 rounded-md border border-control bg-raised py-1 ps-2 pe-4 text-sm font-medium text-muted no-underline transition-colors hover:text-ink",
                "aria-current:border-accent aria-current:bg-accent-tint aria-current:font-strong aria-current:text-accent-strong",
                one === null && "ps-4",
              )}
            >
              {one && <Seal name={one.name} size="sm" />}
              <span className="truncate">{one?.name ?? words("page.anyone")}</span>
            </a>
          </li>
        ))}
      </ul>
    </div>
  );
}
