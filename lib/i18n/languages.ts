import { english, type Messages } from "@/lib/i18n/messages";

declare const kind: unique symbol;

/** The tag (BCP 47) of a language that there is a catalogue for; only this file makes one. */
export type Locale = string & { readonly [kind]: "locale" };

export interface Language {
  messages: Messages;
  /** The tag whose habits dates and lists are written by. */
  formats: string;
  direction: "ltr" | "rtl";
}

const shipped = {
  // Our English writes the day before the month.
  en: { messages: english, formats: "en-GB", direction: "ltr" },
} satisfies Record<string, Language>;

/** Where nothing is known of a reader, and for programs. */
export const defaultLocale = "en" as Locale;

/** Next.js bundles this file more than once: what is added counts for the whole process. */
const globals = globalThis as { bellhopAddedLanguages?: Map<string, Language> };

function find(tag: string): Language | undefined {
  if (Object.hasOwn(shipped, tag)) return shipped[tag as keyof typeof shipped];
  return globals.bellhopAddedLanguages?.get(tag);
}

/**
 * Adds languages to those that are shipped, by their tags; the answer takes them off again. For tests alone, and a server takes them from
 * `TEST_LANGUAGES` only where Microsoft is an emulator.
 */
export function addLanguages(languages: Readonly<Record<string, Language>>): () => void {
  globals.bellhopAddedLanguages ??= new Map();
  const added = globals.bellhopAddedLanguages;
  for (const [tag, language] of Object.entries(languages)) added.set(tag, language);
  return () => {
    for (const tag of Object.keys(languages)) added.delete(tag);
  };
}

/** The first of these tags that there is a catalogue for, itself or for its language alone; null: none of them. */
export function findLocale(tags: readonly string[]): Locale | null {
  for (const tag of tags) {
    const known = [tag, tag.split("-")[0]?.toLowerCase() ?? ""].find((one) => find(one));
    if (known !== undefined) return known as Locale;
  }
  return null;
}

/** The catalogue for someone's language (BCP 47); English where there is none. */
export function localeOf(tag: string): Locale {
  return findLocale([tag]) ?? defaultLocale;
}

/** Words, formats and direction of a language. */
export function languageOf(locale: Locale): Language {
  return find(locale) ?? shipped.en;
}
