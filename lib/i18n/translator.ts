import { type _Translator, createTranslator } from "use-intl/core";
import { catalogues, type Locale, type Messages, type Namespace } from "@/lib/i18n/messages";

/** The catalogue for somebody's language (BCP 47); English where there is none. */
export function localeOf(tag: string): Locale {
  const language = tag.split("-")[0]?.toLowerCase() ?? "";
  return Object.hasOwn(catalogues, language) ? (language as Locale) : "en";
}

export type Translator<In extends Namespace> = _Translator<Messages, In>;

const made = new Map<string, unknown>();

/**
 * The words of one namespace: `translator("booking")("defaultSubject", { name })`. Messages are ICU; a key that does not
 * exist does not compile. For the server only: a client component gets its words as props, so no catalogue travels.
 * Made once for each namespace and language: making one costs more than all that it says in an answer.
 */
export function translator<const In extends Namespace>(namespace: In, locale: Locale = "en"): Translator<In> {
  const name = `${locale} ${namespace}`;
  const known = made.get(name) ?? createTranslator({ locale, messages: catalogues[locale], namespace });
  made.set(name, known);
  return known as Translator<In>;
}
