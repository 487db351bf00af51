import { Fragment, use } from "react";
import { TimeTag } from "@/components/booking-page/time-tag";
import { classNames } from "@/components/ui/class-names";
import type { ListedTime } from "@/lib/booking-page/time-choices";
import { translator } from "@/lib/i18n/translator";
import { getLocale } from "@/lib/reader/locale";

interface TimeListProps {
  times: ListedTime[];
  /** "Times on Thursday 10 December, New York" */
  legend: string;
  formId: string;
  durationMinutes: number;
  chosenStart: string | null;
  /** What is special about a time. */
  markOf: (time: ListedTime) => string | undefined;
}

/** From this many times on, two columns keep the form within sight. */
const longList = 10;

/** The free times of one day, all of them, as one group of radios. */
export function TimeList(props: TimeListProps) {
  const { times, legend, formId, durationMinutes, chosenStart, markOf } = props;
  const words = translator("booking", use(getLocale()));
  const isLong = times.length > longList;
  return (
    <fieldset className="min-w-0">
      <legend className="sr-only">{legend}</legend>
      <div className={classNames("grid grid-cols-2 gap-2", !isLong && "md:grid-cols-1")}>
        {times.map((time, index) => (
          <Fragment key={time.start}>
            {time.part !== times[index - 1]?.part && (
              <p className="col-span-full mt-2 text-xs font-medium text-muted first:mt-0">
                {words(`times.${time.part}`)}
              </p>
            )}
            <TimeTag
              choice={time}
              formId={formId}
              aside={isLong ? "" : words("minutesShort", { minutes: durationMinutes })}
              isChosen={time.start === chosenStart}
              isNarrow={isLong}
              mark={markOf(time)}
            />
          </Fragment>
        ))}
      </div>
    </fieldset>
  );
}
