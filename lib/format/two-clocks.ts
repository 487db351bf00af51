/** The time of an appointment as emails show it. PURE. */
import { offsetOfStretch, placeOf, showSameTime } from "@/lib/format/places";
import { type Clock, clockRange, dayAndTime, longDayName } from "@/lib/format/spoken-time";
import type { Locale } from "@/lib/i18n/languages";
import { translator } from "@/lib/i18n/translator";
import { localDateOf } from "@/lib/slot-engine/zone";

export interface Appointment {
  startsAt: Date;
  endsAt: Date;
}

/** "Thursday 10 December, 15:30": for subjects, in the reader's zone. */
export function startLabel(
  { startsAt }: Pick<Appointment, "startsAt">,
  timeZone: string,
  clock: Clock,
  locale: Locale,
): string {
  return translator("common", locale)("dayAndTime", dayAndTime(startsAt, timeZone, clock, locale));
}

/** Day and time in the reader's zone, and in the other's where their clocks differ. */
export function timeFacts(
  { startsAt, endsAt }: Appointment,
  people: { readerZone: string; otherZone: string; otherName: string; clock: Clock },
  locale: Locale,
): { label: string; value: string }[] {
  const words = translator("mails", locale);
  const start = startsAt.getTime();
  const { readerZone, otherZone, otherName, clock } = people;
  const say = (timeZone: string) =>
    [
      longDayName(localDateOf(start, timeZone), locale),
      words("booking.clock", {
        range: clockRange(start, endsAt.getTime(), timeZone, clock, locale),
        place: placeOf(timeZone, locale),
        offset: offsetOfStretch(timeZone, start, endsAt.getTime()),
      }),
    ].join("\n");
  const same = showSameTime(readerZone, otherZone, start, endsAt.getTime());
  const mine = { label: words("booking.labels.when"), value: say(readerZone) };
  return same
    ? [mine]
    : [mine, { label: words("booking.labels.whenFor", { name: otherName }), value: say(otherZone) }];
}
