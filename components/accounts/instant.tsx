import { readClock } from "@/lib/booking-page/visitor";
import { type Clock, clockTime, shortDateName } from "@/lib/format/spoken-time";
import type { Locale } from "@/lib/i18n/languages";
import { translator } from "@/lib/i18n/translator";
import { getLocale } from "@/lib/reader/locale";

/** An instant of the installation's records in words: UTC, and saying so. */
export function formatInstant(at: Date, clock: Clock, locale: Locale): string {
  return translator("common", locale)("instant", {
    day: shortDateName(at.toISOString().slice(0, 10), locale),
    time: clockTime(at.getTime(), "UTC", clock, locale),
  });
}

export async function Instant({ at }: { at: Date }) {
  return <time dateTime={at.toISOString()}>{formatInstant(at, await readClock(), await getLocale())}</time>;
}
