/** How far away the next booking is, the way a person would say it. PURE. */

import { type Clock, clockTime, dayName } from "@/lib/format/spoken-time";
import type { Locale } from "@/lib/i18n/languages";
import { localDateOf } from "@/lib/slot-engine/zone";

export interface Until {
  next: "now" | "soon" | "today" | "later" | "none";
  minutes: number;
  time: string;
  nextDay: string;
}

/** Instants are epoch milliseconds; `start` null: there is no next booking. */
export function until(
  start: number | null,
  now: number,
  { timeZone, clock }: { timeZone: string; clock: Clock },
  locale: Locale,
): Until {
  if (start === null) return { next: "none", minutes: 0, time: "", nextDay: "" };
  const date = localDateOf(start, timeZone);
  const minutes = Math.ceil((start - now) / 60_000);
  const isToday = date === localDateOf(now, timeZone);
  const next = minutes <= 0 ? "now" : minutes <= 90 ? "soon" : isToday ? "today" : "later";
  return { next, minutes, time: clockTime(start, timeZone, clock, locale), nextDay: dayName(date, locale) };
}
