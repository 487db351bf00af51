import { catalogueOf } from "@/lib/i18n/catalogue";
import { english, type Messages } from "@/lib/i18n/messages";

declare const kind: unique symbol;

/** The tag (BCP 47) of a language that there is a catalogue for; only this file makes one. */
export type Locale = string & { readonly [kind]: "locale" };

export interface Language {
  readonly messages: Messages;
  /** The tag whose habits dates, numbers and lists are written by. */
  formats: string;
  direction: "ltr" | "rtl";
}

/** The language whose catalogue is in `messages/{tag}`. */
function shippedAs(tag: string, direction: Language["direction"], formats: string): Language {
  return {
    formats,
    direction,
    get messages() {
      return catalogueOf(tag);
    },
  };
}

const shipped: Readonly<Record<string, Language>> = {
  // Our English writes the day before the month.
  en: { messages: english, formats: "en-GB", direction: "ltr" },
  de: shippedAs("de", "ltr", "de"),
  fr: shippedAs("fr", "ltr", "fr"),
  es: shippedAs("es", "ltr", "es"),
  it: shippedAs("it", "ltr", "it"),
  nl: shippedAs("nl", "ltr", "nl"),
  "pt-BR": shippedAs("pt-BR", "ltr", "pt-BR"),
  pl: shippedAs("pl", "ltr", "pl"),
  sv: shippedAs("sv", "ltr", "sv"),
  ja: shippedAs("ja", "ltr", "ja"),
  // Times, addresses and codes have Western digits, so numbers and dates beside them have too.
  ar: shippedAs("ar", "rtl", "ar-u-nu-latn"),
  he: shippedAs("he", "rtl", "he"),
};

/** The tags of the languages that Bellhop is shipped in. */
export const shippedTags: readonly string[] = Object.keys(shipped);

/** Where nothing is known of a reader, and for programs. */
export const defaultLocale = "en" as Locale;

/** Next.js bundles this file more than once: what is added counts for the whole process. */
const globals = globalThis as { bellhopAddedLanguages?: Map<string, Language> };

function find(tag: string): Language | undefined {
  const added = globals.bellhopAddedLanguages?.get(tag);
  return added ?? (Object.hasOwn(shipped, tag) ? shipped[tag] : undefined);
}

/**
 * Adds languages to those that are shipped, or in the place of one, by their tags; the answer takes them off again. For tests alone,
 * and a server takes them from `TEST_LANGUAGES` only where Microsoft is an emulator.
 */
export function addLanguages(languages: Readonly<Record<string, Language>>): () => void {
  globals.bellhopAddedLanguages ??= new Map();
  const added = globals.bellhopAddedLanguages;
  for (const [tag, language] of Object.entries(languages)) added.set(tag, language);
  return () => {
    for (const tag of Object.keys(languages)) added.delete(tag);
  };
}

/** The first of these tags (BCP 47) that there is a catalogue for; null: none of them. */
export function findLocale(tags: readonly string[]): Locale | null {
  for (const tag of tags) {
    const known = catalogueTagsOf(tag).find((one) => find(one));
    if (known !== undefined) return known as Locale;
  }
  return null;
}

/** Where a language may have its catalogue: under the tag itself, under the language alone, or in the one variety of it that is shipped. */
function catalogueTagsOf(tag: string): string[] {
  const language = languagePart(tag);
  const variety = shippedTags.find((one) => one.startsWith(`${language}-`));
  return [tag, language, ...(variety ? [variety] : [])];
}

/** `de` of `DE-at`; by its present name where a browser still uses an older one, such as `iw`. */
function languagePart(tag: string): string {
  const part = tag.split("-")[0]?.toLowerCase() ?? "";
  return part === "iw" ? "he" : part;
}

/** The catalogue for someone's language (BCP 47); English where there is none. */
export function localeOf(tag: string): Locale {
  return findLocale([tag]) ?? defaultLocale;
}

/** A language's name in itself, as a list has it: "Deutsch", "Português (Brasil)". */
export function nameOfLanguage(tag: string): string {
  const name = new Intl.DisplayNames([tag], { type: "language" }).of(tag) ?? tag;
  return name.charAt(0).toLocaleUpperCase(tag) + name.slice(1);
}

/** Words, formats and direction of a language. */
export function languageOf(locale: Locale): Language {
  return find(locale) ?? (shipped.en as Language);
}
