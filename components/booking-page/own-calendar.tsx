import { CalendarDotsIcon } from "@phosphor-icons/react/ssr";
import { use } from "react";
import { Button } from "@/components/ui/button";
import { Icon } from "@/components/ui/icon";
import { Note } from "@/components/ui/note";
import type { OwnCalendar, readOwnCalendarProblem } from "@/lib/booking-page/own-calendar";
import { dateName } from "@/lib/format/spoken-time";
import { translator } from "@/lib/i18n/translator";
import { getLocale } from "@/lib/reader/locale";
import { localDateOf } from "@/lib/slot-engine/zone";

interface OwnCalendarPartProps {
  /** What is shown; null: nothing. */
  calendar: OwnCalendar | null;
  problem: ReturnType<typeof readOwnCalendarProblem>;
  /** The address of the page as it is now. */
  returnTo: string;
  timeZone: string;
}

/** Offers visitors to see their own calendar beside the times, or to stop that. Plain forms. */
export function OwnCalendarPart({ calendar, problem, returnTo, timeZone }: OwnCalendarPartProps) {
  const locale = use(getLocale());
  const words = translator("booking", locale);
  const back = <input type="hidden" name="returnTo" value={returnTo} />;
  return (
    <section
      aria-labelledby="own-calendar"
      className="grid content-start justify-items-start gap-2 border-t border-hairline pt-6"
    >
      <h3 id="own-calendar" className="flex items-center gap-2 text-md">
        <Icon glyph={CalendarDotsIcon} />
        {words("ownCalendar.heading")}
      </h3>
      {problem && calendar === null && (
        <Note tone="warning" role="status">
          {words(`ownCalendar.${problem}`)}
        </Note>
      )}
      {calendar ? (
        <form action="/api/own-calendar" method="post" className="grid justify-items-start gap-2">
          <p className="max-w-[68ch] text-sm text-muted">
            {words("ownCalendar.shown", { date: dateName(localDateOf(calendar.until, timeZone), locale) })}
          </p>
          {back}
          <Button type="submit" size="sm">
            {words("ownCalendar.forget")}
          </Button>
        </form>
      ) : (
        <form action="/api/own-calendar" method="get" className="grid justify-items-start gap-2">
          <p className="max-w-[68ch] text-sm text-muted">{words("ownCalendar.lead")}</p>
          {back}
          <input type="hidden" name="timeZone" value={timeZone} />
          <Button type="submit" size="sm">
            {words("ownCalendar.show")}
          </Button>
        </form>
      )}
    </section>
  );
}
