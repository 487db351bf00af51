import { use } from "react";
import { otherClocks } from "@/lib/booking-page/other-clocks";
import { offsetOfStretch, placeOf } from "@/lib/format/places";
import { type Clock, clockRange, dayName } from "@/lib/format/spoken-time";
import { translator } from "@/lib/i18n/translator";
import { getLocale } from "@/lib/reader/locale";
import { localDateOf } from "@/lib/slot-engine/zone";

interface Person {
  name: string;
  timeZone: string;
}

interface TwoClocksProps {
  /** Epoch milliseconds. */
  start: number;
  end: number;
  visitorZone: string;
  organizer: Person;
  /** The other hosts: who is in yet another zone gets a clock too. */
  coHosts?: readonly Person[];
  clock: Clock;
  /** The reader may be neither of the two: places are named without "for you". */
  neutral?: boolean;
}

/** The time of an appointment for all who meet; once, where they have the same. */
export function TwoClocks(props: TwoClocksProps) {
  const { start, end, visitorZone, organizer, coHosts = [], clock, neutral = false } = props;
  const locale = use(getLocale());
  const words = translator("booking", locale);
  const others = otherClocks(visitorZone, [organizer, ...coHosts], { start, end });
  const isOneClock = others.length === 0;
  const valuesFor = (zone: string, name = organizer.name) => ({
    name,
    place: placeOf(zone, locale),
    offset: offsetOfStretch(zone, start, end),
  });
  const label = (zone: string, whose: "for" | "host" | "sameZone", name?: string) =>
    words(neutral ? "join.inPlace" : `visit.${whose}`, valuesFor(zone, name));
  const shownDate = localDateOf(start, visitorZone);
  const isForBoth = isOneClock && coHosts.length === 0;
  return (
    <dl className="flex flex-wrap gap-x-12 gap-y-4">
      <div className="min-w-36">
        <dt className="text-sm text-muted">{label(visitorZone, isForBoth ? "sameZone" : "for")}</dt>
        <dd className={clockClass}>{clockRange(start, end, visitorZone, clock, locale)}</dd>
      </div>
      {others.map(({ name, timeZone }) => {
        const hostDate = localDateOf(start, timeZone);
        return (
          <div key={timeZone} className="min-w-36">
            <dt className="text-sm text-muted">{label(timeZone, "host", name)}</dt>
            <dd className={clockClass}>{clockRange(start, end, timeZone, clock, locale)}</dd>
            {hostDate !== shownDate && <dd className="text-sm text-muted">{dayName(hostDate, locale)}</dd>}
          </div>
        );
      })}
    </dl>
  );
}

const clockClass = "text-xl font-numeral tracking-xl whitespace-nowrap md:text-2xl md:leading-9";
