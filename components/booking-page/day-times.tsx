import { CaretLeftIcon, CaretRightIcon } from "@phosphor-icons/react/ssr";
import { use } from "react";
import { TimeTag } from "@/components/booking-page/time-tag";
import { classNames } from "@/components/ui/class-names";
import { type Glyph, Icon } from "@/components/ui/icon";
import type { Picker } from "@/lib/booking-page/load-picker";
import type { PickerQuery } from "@/lib/booking-page/picker-query";
import type { ListedTime } from "@/lib/booking-page/time-choices";
import { placeOf } from "@/lib/format/places";
import { dateName, dateRangeName, dayName, weekdayName } from "@/lib/format/spoken-time";
import { translator } from "@/lib/i18n/translator";
import { getLocale } from "@/lib/reader/locale";

interface DayTimesProps {
  picker: Picker;
  /** The times of each date that is shown. */
  timesOf: ReadonlyMap<string, ListedTime[]>;
  formId: string;
  chosenStart: string | null;
  markOf: (time: ListedTime) => string | undefined;
  hrefOf: (change: Partial<PickerQuery>) => string;
}

/** The times of several days at once: of a week, in columns where there is room, or of the next days that have some. */
export function DayTimes({ picker, timesOf, formId, chosenStart, markOf, hrefOf }: DayTimesProps) {
  const locale = use(getLocale());
  const words = translator("booking", locale);
  const { days, timeZone, today } = picker;
  const isWeek = picker.view === "week";
  const [first, last] = [days[0]?.date, days.at(-1)?.date];
  return (
    <div>
      <div className="mb-3 flex items-center justify-between gap-3">
        <h3>{isWeek && first && last ? dateRangeName(first, last, locale) : words("views.listHeading")}</h3>
        <div className="flex gap-1">
          <DaysLink
            date={picker.earlier}
            label={words(isWeek ? "views.previousWeek" : "views.first")}
            rel="prev"
            glyph={CaretLeftIcon}
            hrefOf={hrefOf}
          />
          <DaysLink
            date={picker.later}
            label={words(isWeek ? "views.nextWeek" : "views.later")}
            rel="next"
            glyph={CaretRightIcon}
            hrefOf={hrefOf}
          />
        </div>
      </div>
      <div className={isWeek ? "grid gap-x-2 gap-y-5 md:grid-cols-7" : "grid gap-6"}>
        {days.map(({ date }) => {
          const times = timesOf.get(date) ?? [];
          const isToday = date === today;
          const day = dayName(date, locale);
          return (
            <fieldset key={date} className="min-w-0">
              <legend className="sr-only">
                {times.length === 0
                  ? words("month.day", { day, times: 0 })
                  : words("times.legend", { day, place: placeOf(timeZone, locale) })}
              </legend>
              <p
                aria-hidden="true"
                className={classNames(
                  "mb-2 font-semibold",
                  isWeek && "max-md:flex max-md:items-baseline max-md:gap-2 md:text-center",
                  isWeek && times.length === 0 && "text-muted",
                )}
              >
                {isWeek ? (
                  <>
                    <span className="md:block md:text-xs md:font-medium md:text-muted">
                      {weekdayName(date, "short", locale)}
                    </span>
                    <span
                      className={classNames(
                        isToday &&
                          "after:ms-1.5 after:inline-block after:size-1.5 after:rounded-full after:bg-brass after:align-middle",
                      )}
                    >
                      <span className="md:hidden">{dateName(date, locale)}</span>
                      <span className="max-md:hidden">{Number(date.slice(8))}</span>
                    </span>
                  </>
                ) : (
                  day
                )}
              </p>
              {times.length === 0 && (
                <p aria-hidden="true" className="text-xs text-muted md:text-center">
                  {words("views.none")}
                </p>
              )}
              <div
                className={classNames("grid grid-cols-3 gap-2", isWeek ? "md:grid-cols-1" : "md:grid-cols-5")}
              >
                {times.map((time) => (
                  <TimeTag
                    key={time.start}
                    choice={time}
                    formId={formId}
                    aside=""
                    isChosen={time.start === chosenStart}
                    isBare
                    mark={markOf(time)}
                  />
                ))}
              </div>
            </fieldset>
          );
        })}
      </div>
    </div>
  );
}

interface DaysLinkProps {
  date: string | null;
  label: string;
  rel: "prev" | "next";
  glyph: Glyph;
  hrefOf: DayTimesProps["hrefOf"];
}

/** Nothing where it would lead nowhere. */
function DaysLink({ date, label, rel, glyph, hrefOf }: DaysLinkProps) {
  if (date === null) return null;
  return (
    <a
      href={hrefOf({ date })}
      data-soft
      rel={rel}
      aria-label={label}
      className="grid size-11 place-items-center rounded-md text-ink transition-colors hover:bg-accent-tint hover:text-accent-strong"
    >
      <Icon glyph={glyph} turns />
    </a>
  );
}
