import type { ReadingPace } from "@/lib/calendars/reading-pace";
import type { Locale } from "@/lib/i18n/languages";
import { translator } from "@/lib/i18n/translator";

/** How Bellhop learns of changes in Outlook, in a sentence. */
export function describePace({ mode, fastestSeconds, slowestSeconds }: ReadingPace, locale: Locale): string {
  const words = translator("calendars", locale);
  if (mode === "push") return words("mode.push", { slowest: describeSpan(slowestSeconds, locale) });
  return words(`mode.${mode}`, {
    fastest: describeSpan(fastestSeconds, locale),
    slowest: describeSpan(slowestSeconds, locale),
  });
}

/** Seconds as a span: in minutes from one on. */
export function describeSpan(seconds: number, locale: Locale): string {
  const words = translator("calendars", locale);
  return seconds < 60
    ? words("seconds", { seconds })
    : words("minutes", { minutes: Math.round(seconds / 60) });
}
