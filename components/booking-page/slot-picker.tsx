import { CalendarBlankIcon } from "@phosphor-icons/react/ssr";
import { type ReactNode, use } from "react";
import { ChoiceLinks } from "@/components/booking-page/choice-links";
import { ChoiceTag } from "@/components/booking-page/choice-tag";
import { DayTimes } from "@/components/booking-page/day-times";
import { MonthGrid } from "@/components/booking-page/month-grid";
import { SoftPicker } from "@/components/booking-page/soft-picker";
import { TimeList } from "@/components/booking-page/time-list";
import { ZoneForm } from "@/components/booking-page/zone-form";
import { ZoneScript } from "@/components/booking-page/zone-script";
import { Desk } from "@/components/layout/desk";
import { Bell } from "@/components/layout/mark";
import { classNames } from "@/components/ui/class-names";
import { Icon } from "@/components/ui/icon";
import { Note } from "@/components/ui/note";
import type { Picker } from "@/lib/booking-page/load-picker";
import { monthOf } from "@/lib/booking-page/month";
import {
  namedViews,
  type PickerQuery,
  writeInstant,
  writePickerQuery,
} from "@/lib/booking-page/picker-query";
import { type ListedTime, listTimes } from "@/lib/booking-page/time-choices";
import { placeOf } from "@/lib/format/places";
import { dateRangeName, dayName, monthName } from "@/lib/format/spoken-time";
import type { Locale } from "@/lib/i18n/languages";
import { translator } from "@/lib/i18n/translator";
import { getLocale } from "@/lib/reader/locale";

interface SlotPickerProps {
  picker: Picker;
  query: PickerQuery;
  /** The address of the page, without its query. */
  path: string;
  organizer: { name: string; timeZone: string };
  /** Said of a zone that no one chose, where it is not the organizer's for a visitor. */
  zoneNote?: string;
  /** The reader is a visitor, whose browser says where they are. */
  findsZone?: boolean;
  now: number;
  /** Who and what, beside the month. */
  side: ReactNode;
  /** Lengths to choose from, above the month. */
  durations?: ReactNode;
  headings: { day: string; choice: string; details: string };
  /** The start of the booking that is being moved, epoch milliseconds. */
  currentStart?: number;
  /** The visitor's own calendar, after the times: nothing comes between a day and them. */
  ownCalendar?: ReactNode;
  /** The starts at which they're busy, epoch milliseconds. */
  taken?: ReadonlySet<number>;
  /** The form; it opens once a time is chosen. */
  children: ReactNode;
}

/** Month, times, time zone and choice around a form: the heart of booking and of rescheduling. */
export function SlotPicker(props: SlotPickerProps) {
  const locale = use(getLocale());
  const { picker, query, path, organizer, now, side, durations, headings, currentStart, children } = props;
  const words = translator("booking", locale);
  const { timeZone, clock, day, startsAt } = picker;
  const { startsAt: _, month: __, date: ___, ...kept } = query;
  const hrefOf = (change: Partial<PickerQuery>) => `${path}${writePickerQuery({ ...kept, ...change })}`;
  const place = placeOf(timeZone, locale);
  const listener = { locale, timeZone, clock, organizer };
  const timesOf = new Map(picker.days.map(({ date, slots }) => [date, listTimes(slots, listener)]));
  const chosen =
    startsAt === null
      ? null
      : [...timesOf.values()].flat().find(({ start }) => start === writeInstant(startsAt));
  const markOf = ({ start, mark }: ListedTime) => {
    if (currentStart !== undefined && start === writeInstant(currentStart)) return words("times.current");
    const at = Date.parse(start);
    const busy = props.taken?.has(at) ? words("ownCalendar.busy") : undefined;
    if (mark && busy) return translator("common", locale)("facts", { first: mark, second: busy });
    return mark ?? busy ?? (picker.preferred.has(at) ? words("times.preferred") : undefined);
  };
  return (
    <SoftPicker
      timeZone={timeZone}
      clock={clock}
      weekStartsOn={picker.weekStartsOn}
      firstMonth={picker.firstMonth}
      lastMonth={picker.lastMonth}
      announcement={announce(picker, locale)}
      words={{ loading: words("month.loading"), offline: words("form.offline") }}
    >
      {props.findsZone && (
        <ZoneScript
          timeZone={timeZone}
          isSettled={picker.zoneFrom === "chosen" || picker.zoneFrom === "place"}
        />
      )}
      <Desk
        side={side}
        choice={
          <ChoiceTag
            heading={headings.choice}
            you={words("choice.you", { place })}
            foot={words("choice.checked")}
            initial={chosen ?? null}
            shown={now}
          />
        }
        details={<Details heading={headings.details}>{children}</Details>}
      >
        <div
          className={classNames(
            "grid grid-cols-[minmax(0,1fr)] gap-x-12 gap-y-8",
            picker.view === null && "md:grid-cols-[minmax(0,1fr)_16rem] md:grid-rows-[auto_1fr]",
          )}
        >
          <section aria-labelledby="pick-day">
            <div className="mb-4 flex flex-wrap items-center justify-between gap-x-6 gap-y-3">
              <h2 id="pick-day">{headings.day}</h2>
              <ViewChoice picker={picker} hrefOf={hrefOf} />
            </div>
            {durations}
            {picker.view === null && <MonthGrid picker={picker} hrefOf={hrefOf} />}
            {picker.view !== null && (
              <section
                id="times"
                tabIndex={-1}
                aria-label={words("times.heading")}
                className="mb-8 outline-none"
              >
                <Gone picker={picker} />
                {picker.days.length > 0 && !picker.isClosed && (
                  <DayTimes
                    picker={picker}
                    timesOf={timesOf}
                    formId="book"
                    chosenStart={chosen?.start ?? null}
                    markOf={markOf}
                    hrefOf={hrefOf}
                  />
                )}
                {!picker.days.some(({ slots }) => slots.length > 0) && (
                  <NextFree
                    picker={picker}
                    hrefOf={hrefOf}
                    organizerName={organizer.name}
                    month={picker.month}
                  />
                )}
              </section>
            )}
            <ZoneForm
              picker={picker}
              query={query}
              organizerName={organizer.name}
              note={props.zoneNote}
              now={now}
            />
          </section>
          {picker.view === null && (
            <Times
              picker={picker}
              times={(day && timesOf.get(day.date)) ?? []}
              organizerName={organizer.name}
              chosenStart={chosen?.start ?? null}
              markOf={markOf}
              hrefOf={hrefOf}
            />
          )}
          {props.ownCalendar}
        </div>
      </Desk>
    </SoftPicker>
  );
}

/** Shown once a time is chosen, by style alone, so that it works before a script has come. */
function Details({ heading, children }: { heading: string; children: ReactNode }) {
  return (
    <section
      id="details"
      aria-labelledby="details-heading"
      className="hidden border-hairline pt-8 group-has-[[data-open]]/picker:block group-has-[[data-range]_:checked]/picker:block lg:border-t lg:pt-10"
    >
      <h2 id="details-heading" className="mb-4">
        {heading}
      </h2>
      {children}
    </section>
  );
}

interface ViewChoiceProps {
  picker: Picker;
  hrefOf: (change: Partial<PickerQuery>) => string;
}

/** A month, a week, or the next times. The same day stays in sight. */
function ViewChoice({ picker: { view, day, month }, hrefOf }: ViewChoiceProps) {
  const words = translator("booking", use(getLocale()));
  const shown = day ? { date: day.date } : { month };
  return (
    <ChoiceLinks
      label={words("views.label")}
      links={[null, ...namedViews].map((one) => ({
        href: hrefOf({ view: one, ...shown }),
        label: words(`views.${one ?? "month"}`),
        isCurrent: one === view,
      }))}
    />
  );
}

/** Said where the time that was chosen is no longer there. */
function Gone({ picker: { startIsGone, isClosed } }: Pick<TimesProps, "picker">) {
  const words = translator("booking", use(getLocale()));
  if (!startIsGone || isClosed) return null;
  return (
    <div className="mb-4">
      <Note tone="warning">{words("times.gone")}</Note>
    </div>
  );
}

interface TimesProps {
  picker: Picker;
  times: ListedTime[];
  organizerName: string;
  chosenStart: string | null;
  markOf: (time: ListedTime) => string | undefined;
  hrefOf: (change: Partial<PickerQuery>) => string;
}

/** The times of the open day, and where else to look. */
function Times({ picker, times, organizerName, chosenStart, markOf, hrefOf }: TimesProps) {
  const locale = use(getLocale());
  const words = translator("booking", locale);
  const { day, month, timeZone, durationMinutes } = picker;
  return (
    <section
      id="times"
      tabIndex={-1}
      aria-label={
        day
          ? words("month.day", { day: dayName(day.date, locale), times: day.slots.length })
          : words("times.heading")
      }
      className="outline-none md:row-span-2"
    >
      <h2 id="pick-time" className="mb-4">
        {day ? dayName(day.date, locale) : words("times.heading")}
      </h2>
      <Gone picker={picker} />
      {day && times.length > 0 && (
        <TimeList
          times={times}
          legend={words("times.legend", { day: dayName(day.date, locale), place: placeOf(timeZone, locale) })}
          formId="book"
          durationMinutes={durationMinutes}
          chosenStart={chosenStart}
          markOf={markOf}
        />
      )}
      <NextFree picker={picker} hrefOf={hrefOf} organizerName={organizerName} month={month} />
      {day && (
        <p className="mt-2 text-sm">
          <a href="#pick-day" data-back className="inline-flex min-h-11 items-center">
            {words("times.another")}
          </a>
        </p>
      )}
    </section>
  );
}

function announce({ view, day, days, month, weeks, isClosed }: Picker, locale: Locale): string {
  const words = translator("booking", locale);
  if (isClosed) return words("times.closedTitle");
  const [first, last] = [days[0]?.date, days.at(-1)?.date];
  if (view !== null && first && last) {
    const withTimes = days.filter(({ slots }) => slots.length > 0).length;
    return words("views.announce", { range: dateRangeName(first, last, locale), days: withTimes });
  }
  const free = weeks.flat().filter((one) => one && one.times > 0 && monthOf(one.date) === month).length;
  const parts = [words("month.announceMonth", { month: monthName(month, locale), days: free })];
  if (day) parts.push(words("month.day", { day: dayName(day.date, locale), times: day.slots.length }));
  const common = translator("common", locale);
  return parts.reduce((first, second) => common("facts", { first, second }));
}

interface NextFreeProps {
  picker: Picker;
  month: string;
  organizerName: string;
  hrefOf: (change: Partial<PickerQuery>) => string;
}

/** Where else to look. */
function NextFree({ picker, month, organizerName, hrefOf }: NextFreeProps) {
  const locale = use(getLocale());
  const words = translator("booking", locale);
  const { day, nextFreeDate } = picker;
  const count = day?.slots.length ?? 0;
  if (picker.isClosed) {
    return (
      <Note tone="warning" title={words("times.closedTitle")}>
        {words("times.closedLead", { name: organizerName })}
      </Note>
    );
  }
  if (!nextFreeDate && count === 0) {
    return (
      <div className="grid justify-items-start gap-2">
        <Bell size={32} />
        <p className="font-semibold">{words("times.noneTitle")}</p>
        <p className="text-sm text-muted">{words("times.noneLead", { name: organizerName })}</p>
      </div>
    );
  }
  const free = nextFreeDate && (
    <a href={hrefOf({ date: nextFreeDate })} data-soft>
      {dayName(nextFreeDate, locale)}
    </a>
  );
  const link = { free: () => free };
  if (picker.view === "week") {
    return <p className="text-sm text-muted">{words.rich("views.noneInWeek", link)}</p>;
  }
  if (count > 0 && day) {
    const isLater = nextFreeDate !== null && nextFreeDate > day.date;
    return (
      <p className="mt-4 text-sm text-muted">
        {isLater
          ? words.rich("times.left", { times: count, ...link })
          : words("times.leftOnly", { times: count })}
      </p>
    );
  }
  return (
    <p className="flex gap-3 text-sm text-muted">
      <Icon glyph={CalendarBlankIcon} />
      <span>
        {day === null
          ? words.rich("times.noneInMonth", { month: monthName(month, locale), ...link })
          : words.rich(
              nextFreeDate !== null && nextFreeDate < day.date ? "times.earlier" : "times.noneOnDay",
              {
                day: dayName(day.date, locale),
                ...link,
              },
            )}
      </span>
    </p>
  );
}
