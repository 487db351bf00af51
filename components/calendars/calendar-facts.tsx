import { use } from "react";
import { Instant } from "@/components/accounts/instant";
import { describeReadingProblem } from "@/components/calendars/closing-words";
import { describePace } from "@/components/calendars/pace-words";
import { KeyValueList } from "@/components/ui/key-value-list";
import type { CalendarOverview } from "@/lib/calendars/choices";
import type { ReadingPace } from "@/lib/calendars/reading-pace";
import { translator } from "@/lib/i18n/translator";
import { getLocale } from "@/lib/reader/locale";

/** How fresh the copy of an organizer's calendars is, for anyone who runs the server: no names of calendars, no contents. */
export function CalendarFacts({ overview, pace }: { overview: CalendarOverview; pace: ReadingPace }) {
  const locale = use(getLocale());
  const words = translator("calendars", locale);
  const blocking = overview.calendars.filter(({ blocks }) => blocks);
  const times = blocking.flatMap(({ syncedAt }) => (syncedAt ? [syncedAt] : []));
  const isRead = times.length === blocking.length && times.length > 0;
  const oldest = isRead ? new Date(Math.min(...times.map((at) => at.getTime()))) : null;
  const problem = overview.listProblem ?? blocking.find((one) => one.problem)?.problem ?? null;
  return (
    <KeyValueList
      items={[
        { term: words("admin.read"), detail: oldest ? <Instant at={oldest} /> : words("notRead") },
        { term: words("admin.count"), detail: words("admin.calendars", { count: blocking.length }) },
        { term: words("admin.how"), detail: describePace(pace, locale) },
        ...(problem
          ? [{ term: words("admin.problem"), detail: describeReadingProblem(problem, locale) }]
          : []),
      ]}
    />
  );
}
