import { type Locale, languageOf } from "@/lib/i18n/languages";

/** "15, 30, 60": things beside each other, as a language lists them. PURE. */
export function listOf(items: readonly string[], locale: Locale): string {
  return new Intl.ListFormat(languageOf(locale).formats, { type: "unit" }).format(items);
}

/** "15, 30 or 60": things to choose from. PURE. */
export function choiceOf(items: readonly string[], locale: Locale): string {
  return new Intl.ListFormat(languageOf(locale).formats, { type: "disjunction" }).format(items);
}

/** "Ann, Ben and Cleo": all of them, in a sentence. PURE. */
export function allOf(items: readonly string[], locale: Locale): string {
  return new Intl.ListFormat(languageOf(locale).formats, { type: "conjunction" }).format(items);
}
