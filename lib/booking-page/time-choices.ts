/** The times of a day in words, for the visitor and for the organizer. PURE but for the catalogue of words. */

import { writeInstant } from "@/lib/booking-page/picker-query";
import { offsetLabel, placeOf, showSameTime } from "@/lib/format/places";
import { type Clock, clockRange, clockTime, dayName, longDayName } from "@/lib/format/spoken-time";
import type { Locale } from "@/lib/i18n/languages";
import { translator } from "@/lib/i18n/translator";
import type { Interval } from "@/lib/slot-engine/rules";
import { localDateOf, wallTime } from "@/lib/slot-engine/zone";

export interface SpokenSlot {
  /** `2026-12-10T14:30:00Z` */
  start: string;
  label: string;
  /** "Thursday 10 December 2026", the visitor's. */
  day: string;
  /** "09:30–10:00" */
  range: string;
  /** The organizer's time; null where it is the same. */
  host: string | null;
}

export interface Listener {
  locale: Locale;
  timeZone: string;
  clock: Clock;
  organizer: { name: string; timeZone: string };
}

/** A slot as the visitor reads it, with the organizer's time where that is another. */
export function speakSlot(slot: Interval, listener: Listener): SpokenSlot {
  const { timeZone, clock, locale } = listener;
  const date = localDateOf(slot.start, timeZone);
  return {
    start: writeInstant(slot.start),
    label: clockTime(slot.start, timeZone, clock, locale),
    day: longDayName(date, locale),
    range: clockRange(slot.start, slot.end, timeZone, clock, locale),
    host: speakHost(slot, date, listener),
  };
}

function speakHost(slot: Interval, date: string, listener: Listener): string | null {
  const { timeZone, clock, organizer, locale } = listener;
  const away = organizer.timeZone;
  if (showSameTime(away, timeZone, slot.start, slot.end)) return null;
  const words = translator("booking", locale);
  const awayDate = localDateOf(slot.start, away);
  const values = {
    range: clockRange(slot.start, slot.end, away, clock, locale),
    name: organizer.name,
    place: placeOf(away, listener.locale),
    day: dayName(awayDate, locale),
  };
  return words(awayDate === date ? "choice.host" : "choice.hostOtherDay", values);
}

/** A slot of any day: its label names the day too. */
export function speakSlotWithDay(slot: Interval, listener: Listener): SpokenSlot {
  const spoken = speakSlot(slot, listener);
  const day = dayName(localDateOf(slot.start, listener.timeZone), listener.locale);
  const label = translator("common", listener.locale)("dayAndTime", { day, time: spoken.label });
  return { ...spoken, label };
}

export type PartOfDay = "night" | "morning" | "midday" | "afternoon" | "evening";

export interface ListedTime extends SpokenSlot {
  part: PartOfDay;
  /** Distinguishes two times that a clock change gives the same name. */
  mark: string | null;
}

/** The slots of one day for its list. */
export function listTimes(slots: Interval[], listener: Listener): ListedTime[] {
  const { timeZone } = listener;
  const spoken = slots.map((slot) => ({ slot, words: speakSlot(slot, listener) }));
  const uses = new Map<string, number>();
  for (const { words } of spoken) uses.set(words.label, (uses.get(words.label) ?? 0) + 1);
  return spoken.map(({ slot, words }) => ({
    ...words,
    part: partOf(wallTime(slot.start, timeZone).minuteOfDay),
    mark: (uses.get(words.label) ?? 0) > 1 ? offsetLabel(timeZone, slot.start) : null,
  }));
}

function partOf(minuteOfDay: number): PartOfDay {
  const hour = minuteOfDay / 60;
  if (hour < 6) return "night";
  if (hour < 11) return "morning";
  if (hour < 14) return "midday";
  return hour < 18 ? "afternoon" : "evening";
}
