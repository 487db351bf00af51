import { use } from "react";
import { Refresh } from "@/components/booking-page/refresh";
import { describeClosing } from "@/components/calendars/closing-words";
import { describePace } from "@/components/calendars/pace-words";
import type { Clockwork } from "@/components/connections/moment";
import { Note } from "@/components/ui/note";
import type { CalendarOverview } from "@/lib/calendars/choices";
import { findClosing } from "@/lib/calendars/closing";
import type { ReadingPace } from "@/lib/calendars/reading-pace";
import { translator } from "@/lib/i18n/translator";
import { getLocale } from "@/lib/reader/locale";

interface ReadingStateProps {
  overview: CalendarOverview;
  pace: ReadingPace;
  clockwork: Clockwork;
}

/** How Bellhop learns of changes in Outlook; and, while it can't, what that means for visitors. */
export function ReadingState({ overview, pace, clockwork }: ReadingStateProps) {
  const locale = use(getLocale());
  const words = translator("calendars", locale);
  const closing = findClosing(overview, clockwork.now);
  if (!overview.isListed && !closing) {
    return (
      <>
        <Note tone="calm" title={words("reading")} />
        <Refresh pausesSeconds={[1, 2, 3, 5, 8, 15, 30]} />
        <noscript>
          <meta httpEquiv="refresh" content="10" />
        </noscript>
      </>
    );
  }
  return (
    <>
      {closing && (
        <Note tone="danger" title={words("closed")}>
          {describeClosing(closing, clockwork, locale)}
        </Note>
      )}
      <p className="text-sm text-muted">{describePace(pace, locale)}</p>
    </>
  );
}
