import { use } from "react";
import { offsetOfStretch, placeOf, showSameTime } from "@/lib/format/places";
import { type Clock, clockRange, dayName } from "@/lib/format/spoken-time";
import { translator } from "@/lib/i18n/translator";
import { getLocale } from "@/lib/reader/locale";
import { localDateOf } from "@/lib/slot-engine/zone";

interface TwoClocksProps {
  /** Epoch milliseconds. */
  start: number;
  end: number;
  visitorZone: string;
  organizer: { name: string; timeZone: string };
  clock: Clock;
  /** The reader may be neither of the two: places are named without "for you". */
  neutral?: boolean;
}

/** The time of an appointment for both who meet; once, where both have the same. */
export function TwoClocks({ start, end, visitorZone, organizer, clock, neutral = false }: TwoClocksProps) {
  const locale = use(getLocale());
  const words = translator("booking", locale);
  const same = showSameTime(visitorZone, organizer.timeZone, start, end);
  const valuesFor = (zone: string) => ({
    name: organizer.name,
    place: placeOf(zone, locale),
    offset: offsetOfStretch(zone, start, end),
  });
  const label = (zone: string, whose: "for" | "host" | "sameZone") =>
    words(neutral ? "join.inPlace" : `visit.${whose}`, valuesFor(zone));
  const shownDate = localDateOf(start, visitorZone);
  const hostDate = localDateOf(start, organizer.timeZone);
  return (
    <dl className="flex flex-wrap gap-x-12 gap-y-4">
      <div className="min-w-36">
        <dt className="text-sm text-muted">{label(visitorZone, same ? "sameZone" : "for")}</dt>
        <dd className={clockClass}>{clockRange(start, end, visitorZone, clock, locale)}</dd>
      </div>
      {!same && (
        <div className="min-w-36">
          <dt className="text-sm text-muted">{label(organizer.timeZone, "host")}</dt>
          <dd className={clockClass}>{clockRange(start, end, organizer.timeZone, clock, locale)}</dd>
          {hostDate !== shownDate && <dd className="text-sm text-muted">{dayName(hostDate, locale)}</dd>}
        </div>
      )}
    </dl>
  );
}

const clockClass = "text-xl font-numeral tracking-xl whitespace-nowrap md:text-2xl md:leading-9";
