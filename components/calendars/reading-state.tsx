import { type Clockwork, tellMoment } from "@/components/connections/moment";
import { Note } from "@/components/ui/note";
import type { CalendarOverview } from "@/lib/calendar-sync/choices";
import { findClosing } from "@/lib/calendar-sync/closing";
import type { ReadingPace } from "@/lib/calendar-sync/reading-pace";
import { translator } from "@/lib/i18n/translator";

const words = translator("calendars");

interface ReadingStateProps {
  overview: CalendarOverview;
  pace: ReadingPace;
  clockwork: Clockwork;
}

/** How Bellhop learns of changes in Outlook; and, while it can't, what that means for visitors. */
export function ReadingState({ overview, pace, clockwork }: ReadingStateProps) {
  if (!overview.isListed) {
    return overview.listProblem ? (
      <Note tone="danger" title={words("notListed")}>
        {words("notListedText")} {sayProblem(overview.listProblem)}
      </Note>
    ) : (
      <Note tone="calm" title={words("reading")} />
    );
  }
  const closing = findClosing(overview, clockwork.now);
  return (
    <>
      {closing && (
        <Note tone="danger" title={words("closed")}>
          {closing.readAt
            ? words("closedText", {
                name: closing.name,
                moment: tellMoment(closing.readAt, clockwork),
                problem: sayProblem(closing.problem),
              })
            : words("closedUnread", { name: closing.name, problem: sayProblem(closing.problem) })}
        </Note>
      )}
      <p className="text-sm text-muted">{sayPace(pace)}</p>
    </>
  );
}

function sayPace({ mode, fastestSeconds, slowestSeconds }: ReadingPace): string {
  if (mode === "push") return words("mode.push", { minutes: Math.round(slowestSeconds / 60) });
  return words(`mode.${mode}`, { fastest: saySpan(fastestSeconds), slowest: saySpan(slowestSeconds) });
}

function saySpan(seconds: number): string {
  return seconds < 60
    ? words("seconds", { seconds })
    : words("minutes", { minutes: Math.round(seconds / 60) });
}

const problems = ["throttled", "unavailable", "refused", "access_denied"] as const;

function sayProblem(problem: string | null): string {
  return words(`problem.${problems.find((known) => known === problem) ?? "other"}`);
}
