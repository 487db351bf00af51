/** Words in whichever direction, inside sentences of a language. */
import { type Locale, languageOf } from "@/lib/i18n/languages";

/**
 * A name, number, or address as a sentence takes it: between words that are read from right to left, its parts and the signs around it would
 * change places, so it's isolated (Unicode FSI and PDI). Without letters it reads from left to right, as phone numbers do. PURE.
 */
export function isolated(text: string, locale: Locale): string {
  return languageOf(locale).direction === "rtl" && text !== "" ? `\u2068${text}\u2069` : text;
}
