import { use } from "react";
import { type Clock, clockTime, dayName, longDayName } from "@/lib/format/spoken-time";
import type { Locale } from "@/lib/i18n/languages";
import { translator } from "@/lib/i18n/translator";
import { getLocale } from "@/lib/reader/locale";
import { localDateOf } from "@/lib/slot-engine/zone";

export interface Clockwork {
  /** IANA zone that times are shown in. */
  timeZone: string;
  clock: Clock;
  /** Epoch milliseconds. */
  now: number;
}

const dayMs = 24 * 3600_000;

/** An instant in words, in the organizer's zone: "Today 09:38", "Thursday 10 December, 09:38". */
export function formatMoment(at: Date, { timeZone, clock, now }: Clockwork, locale: Locale): string {
  const words = translator("connections", locale);
  const time = clockTime(at.getTime(), timeZone, clock, locale);
  const date = localDateOf(at.getTime(), timeZone);
  const today = localDateOf(now, timeZone);
  if (date === today) return words("history.today", { time });
  if (date === localDateOf(now - dayMs, timeZone)) return words("history.yesterday", { time });
  const day = date.slice(0, 4) === today.slice(0, 4) ? dayName(date, locale) : longDayName(date, locale);
  return words("history.day", { day, time });
}

export function Moment({ at, clockwork }: { at: Date; clockwork: Clockwork }) {
  const locale = use(getLocale());
  return <time dateTime={at.toISOString()}>{formatMoment(at, clockwork, locale)}</time>;
}
