import { use } from "react";
import { copyWords } from "@/components/layout/copy-words";
import {
  type FlightGroup,
  flightAsText,
  toFlightGroups,
  tookMs,
} from "@/components/organizer-bookings/flight";
import { FlightEntry } from "@/components/organizer-bookings/flight-entry";
import { durationOf, titleOf } from "@/components/organizer-bookings/flight-words";
import { CopyButton } from "@/components/ui/copy-button";
import { Panel } from "@/components/ui/panel";
import { Segmented } from "@/components/ui/segmented";
import type { FlightLine } from "@/lib/flight-recorder/queries";
import { placeOf } from "@/lib/format/places";
import { dayName } from "@/lib/format/spoken-time";
import { translator } from "@/lib/i18n/translator";
import { getLocale } from "@/lib/reader/locale";
import { localDateOf } from "@/lib/slot-engine/zone";

interface FlightRecorderProps {
  bookingId: string;
  /** Oldest first. */
  lines: FlightLine[];
  visitorName: string;
  timeZone: string;
}

/** Everything that was done for a booking, to the millisecond. */
export function FlightRecorder({ bookingId, lines, visitorName, timeZone }: FlightRecorderProps) {
  const locale = use(getLocale());
  const words = translator("bookings", locale);
  const groups = toFlightGroups(lines);
  const longestMs = Math.max(
    1,
    ...groups.flatMap((group) => group.lines.map((line) => tookMs(line, group) ?? 0)),
  );
  const calls = lines.filter(({ step }) => step === "call").length;
  return (
    <section aria-labelledby="flight-recorder" className="group/recorder grid gap-4">
      <div className="flex flex-wrap items-end justify-between gap-x-6 gap-y-3">
        <div>
          <h2 id="flight-recorder">{words("recorder.title")}</h2>
          <p className="text-sm text-muted">{words("recorder.lead")}</p>
        </div>
        <CopyButton text={flightAsText(bookingId, lines)} {...copyWords(locale, words("recorder.copy"))} />
      </div>
      <div className="flex flex-wrap items-center justify-between gap-3">
        {calls > 0 && (
          <Segmented
            name="recorder"
            label={words("recorder.show")}
            defaultValue="all"
            options={[
              { value: "all", label: words("recorder.all", { count: lines.length }) },
              { value: "microsoft", label: words("recorder.microsoft", { count: calls }) },
            ]}
          />
        )}
        <p className="text-sm text-muted">{words("recorder.zone", { place: placeOf(timeZone, locale) })}</p>
      </div>
      <Panel bare className="divide-y divide-hairline">
        {groups.map((group) => (
          <Group
            key={group.key}
            group={group}
            visitorName={visitorName}
            timeZone={timeZone}
            longestMs={longestMs}
          />
        ))}
        {groups.length === 0 && <p className="p-6 text-muted">{words("recorder.empty")}</p>}
      </Panel>
    </section>
  );
}

interface GroupProps {
  group: FlightGroup;
  visitorName: string;
  timeZone: string;
  longestMs: number;
}

function Group({ group, visitorName, timeZone, longestMs }: GroupProps) {
  const locale = use(getLocale());
  const day = dayName(localDateOf(group.startedAt.getTime(), timeZone), locale);
  const done = group.doneInMs;
  return (
    <div className="divide-y divide-hairline">
      <div className="flex flex-wrap items-baseline justify-between gap-x-4 px-4 py-3 md:px-6">
        <h3 className="text-md tracking-normal">{titleOf(group, locale)}</h3>
        <span className="text-sm text-muted">
          {done === null
            ? day
            : translator("bookings", locale)("recorder.doneIn", { day, duration: durationOf(done, locale) })}
        </span>
      </div>
      <ol className="px-4 py-2 md:px-6">
        {group.lines.map((line) => (
          <FlightEntry
            key={line.id}
            line={line}
            visitorName={visitorName}
            timeZone={timeZone}
            tookMs={tookMs(line, group)}
            longestMs={longestMs}
          />
        ))}
      </ol>
    </div>
  );
}
