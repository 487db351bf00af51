import { use } from "react";
import { Note } from "@/components/ui/note";
import { translator } from "@/lib/i18n/translator";
import type { Source } from "@/lib/imports/draft";
import { getLocale } from "@/lib/reader/locale";

const problems = [
  "empty",
  "too_large",
  "too_often",
  "too_many_bookings",
  "not_readable",
  "source_unknown",
  "file_incomplete",
  "gone",
] as const;

/** As the products write themselves. */
export const sourceNames: Record<Source, string> = {
  "cal.com": "Cal.com",
  calendly: "Calendly",
  easyappointments: "Easy!Appointments",
  "microsoft-bookings": "Microsoft Bookings",
};

/** What came of a file or of an import, out of the page's address. */
export function ImportOutcome({ given }: { given: Readonly<Record<string, string>> }) {
  const words = translator("event-types", use(getLocale()));
  if (given.done) {
    const number = (name: string) => Number(given[name]) || 0;
    const counts = {
      schedules: number("schedules"),
      eventTypes: number("eventTypes"),
      bookings: number("bookings"),
      refused: number("refused"),
    };
    return (
      <Note tone="success" role="status" title={words("import.done")}>
        <p>{words("import.doneText", counts)}</p>
        <p className="mt-2 flex flex-wrap gap-x-5 gap-y-1">
          {counts.eventTypes > 0 && <a href="/account/event-types">{words("import.showEventTypes")}</a>}
          {counts.bookings > 0 && <a href="/account/bookings">{words("import.showBookings")}</a>}
        </p>
      </Note>
    );
  }
  const problem = problems.find((one) => one === given.problem);
  if (!problem) return null;
  const source = Object.entries(sourceNames).find(([key]) => key === given.source)?.[1] ?? "";
  const title = words(`import.problems.${problem}`, { minutes: Number(given.minutes) || 1, source });
  const places = problem === "file_incomplete" ? placesIn(given.at ?? "") : [];
  return (
    <Note tone="danger" role="alert" title={title}>
      {places.length > 0 && (
        <p className="break-words">{words("import.missing", { places: places.join(", ") })}</p>
      )}
    </Note>
  );
}

/** Names of fields, and nothing that someone could write into a link. */
const placesIn = (text: string) =>
  text.split(" ").filter((place) => /^[A-Za-z_]{1,40}(?:\.[A-Za-z0-9_]{1,40})*$/.test(place));
