/** Which clock people read, by their language. PURE. */
import type { Clock } from "@/lib/format/spoken-time";
import { isLanguageTag } from "@/lib/input/text";

/** Where nothing is known of a reader. */
export const usualLocale = "en";

/**
 * The clock of a language (BCP 47) where it is at home: twice 12 hours in the United States, 24 hours in Britain and most of Europe. English
 * without a region has 24. A tag may say otherwise itself, as `en-GB-u-hc-h12` does.
 */
export function clockOf(locale: string): Clock {
  if (!isLanguageTag(locale)) return "24";
  const { hourCycle } = new Intl.DateTimeFormat(locale, { hour: "numeric" }).resolvedOptions();
  const isTwelve = hourCycle === "h12" || hourCycle === "h11";
  return isTwelve && locale.toLowerCase() !== "en" ? "12" : "24";
}

/** The language together with a clock that its reader has chosen: as it is where both go together anyway. */
export function withClock(locale: string, clock: Clock): string {
  if (clockOf(locale) === clock) return locale;
  return new Intl.Locale(locale, { hourCycle: clock === "12" ? "h12" : "h23" }).toString();
}

/**
 * The most wanted of these languages (BCP 47, the most wanted first), with its region where any of the others names one; undefined where
 * there are none.
 */
export function preferredTag(tags: readonly string[]): string | undefined {
  const [first] = tags;
  if (first === undefined || new Intl.Locale(first).region) return first;
  const { language, script } = new Intl.Locale(first);
  return tags.find((tag) => isWithRegion(tag, language, script)) ?? first;
}

/** The languages (BCP 47) that an `Accept-Language` header asks for and that can be worked with, the most wanted first. */
export function acceptedTags(accepted: string | null): string[] {
  return (accepted ?? "")
    .slice(0, 1000)
    .split(",")
    .map(readEntry)
    .filter(({ tag, quality }) => quality > 0 && tag.length <= 35 && isLanguageTag(tag))
    .sort((one, other) => other.quality - one.quality)
    .map(({ tag }) => tag);
}

function isWithRegion(tag: string, language: string, script: string | undefined): boolean {
  const locale = new Intl.Locale(tag);
  return locale.language === language && locale.script === script && locale.region !== undefined;
}

function readEntry(entry: string): { tag: string; quality: number } {
  const [tag = "", ...parameters] = entry.split(";").map((part) => part.trim());
  const quality = Number(parameters.find((one) => one.startsWith("q="))?.slice(2) ?? 1);
  return { tag, quality: Number.isFinite(quality) ? quality : 0 };
}
