import type { ReadingPace } from "@/lib/calendars/reading-pace";
import { translator } from "@/lib/i18n/translator";

const words = translator("calendars");

/** How Bellhop learns of changes in Outlook, in a sentence. */
export function sayPace({ mode, fastestSeconds, slowestSeconds }: ReadingPace): string {
  if (mode === "push") return words("mode.push", { slowest: saySpan(slowestSeconds) });
  return words(`mode.${mode}`, { fastest: saySpan(fastestSeconds), slowest: saySpan(slowestSeconds) });
}

function saySpan(seconds: number): string {
  return seconds < 60
    ? words("seconds", { seconds })
    : words("minutes", { minutes: Math.round(seconds / 60) });
}
