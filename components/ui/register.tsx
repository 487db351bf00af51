import type { ReactNode } from "react";
import { classNames } from "@/components/ui/class-names";

interface RegisterDayProps {
  /** The whole date, as it is spoken: "Tuesday 1 December". */
  name: string;
  /** The numeral in the margin: "1". */
  numeral: string;
  /** Two short lines beside it: "Today", "Tuesday". */
  lines: readonly [string, string];
  isToday?: boolean;
  /** `RegisterEntry`s. */
  children: ReactNode;
}

/** One day of the ruled book: the big date in the margin, its entries beside it. */
export function RegisterDay({ name, numeral, lines, isToday = false, children }: RegisterDayProps) {
  return (
    <section className="grid gap-x-4 border-t border-hairline pt-3 not-first:mt-6 md:grid-cols-[8.75rem_minmax(0,1fr)]">
      <h2 className="pt-1 pb-1.5 text-sm font-medium tracking-normal text-muted">
        <span className="sr-only">{name}</span>
        <span
          aria-hidden="true"
          className="grid grid-cols-[auto_1fr] content-start items-center gap-x-3 leading-4.5"
        >
          <span className="row-span-2 min-w-9 text-2xl font-numeral tracking-3xl text-ink md:min-w-11 md:text-3xl">
            {numeral}
          </span>
          <span className={isToday ? "font-strong text-ink" : undefined}>{lines[0]}</span>
          <span>{lines[1]}</span>
        </span>
      </h2>
      <ul className="divide-y divide-hairline">{children}</ul>
    </section>
  );
}

interface RegisterEntryProps {
  /** A box to tick, before the time. */
  select?: ReactNode;
  /** "10:30". */
  start: string;
  /** "to 11:00". */
  until: string;
  href: string;
  /** The visitor's name: the link. */
  who: ReactNode;
  /** Event type and what is to be known about it. */
  about: ReactNode;
  /** Below that: what the row alone can't say. It takes the width, so the state is below it too. */
  details?: ReactNode;
  /** A badge, or the buttons of a decision. */
  state?: ReactNode;
  menu?: ReactNode;
}

/** One line of the book: time, who, state, menu. */
export function RegisterEntry({
  select,
  start,
  until,
  href,
  who,
  about,
  details,
  state,
  menu,
}: RegisterEntryProps) {
  const below = "col-start-2 row-start-2 mt-0.5 flex flex-wrap gap-x-3 gap-y-2";
  return (
    <li
      className={classNames(
        "grid min-h-16 items-start gap-x-2 gap-y-1 py-3 md:gap-x-4",
        select
          ? "grid-cols-[7rem_minmax(0,1fr)_2.75rem] md:grid-cols-[9.25rem_minmax(0,1fr)_auto_2.75rem]"
          : "grid-cols-[5.25rem_minmax(0,1fr)_2.75rem] md:grid-cols-[7.25rem_minmax(0,1fr)_auto_2.75rem]",
        !details && "md:items-center md:py-2",
      )}
    >
      <div className="flex gap-2">
        {select}
        <p className="pt-0.5 leading-5 font-semibold md:pt-0 md:leading-6">
          <span className="whitespace-nowrap">{start}</span>{" "}
          <span className="block text-sm font-normal whitespace-nowrap text-muted md:inline-block md:text-md">
            {until}
          </span>
        </p>
      </div>
      <div className="min-w-0">
        <a
          href={href}
          data-booking=""
          className="font-semibold text-ink no-underline hover:text-ink hover:underline"
        >
          {who}
        </a>
        <p className="text-sm text-muted">{about}</p>
        {details}
      </div>
      {state && (
        <div className={details ? below : `${below} md:col-start-3 md:row-start-1 md:mt-0`}>{state}</div>
      )}
      {menu && <div className="col-start-3 row-start-1 -mt-2 md:col-start-4 md:mt-0">{menu}</div>}
    </li>
  );
}
