import { type _Translator, createTranslator } from "use-intl/core";
import { type Language, type Locale, languageOf } from "@/lib/i18n/languages";
import type { Messages, Namespace } from "@/lib/i18n/messages";

export type Translator<In extends Namespace> = _Translator<Messages, In>;

const made = new WeakMap<Language, Map<Namespace, unknown>>();

/**
 * The words of one namespace in one language: `translator("common", locale)("personMenu.name", { name })`. Messages are ICU; a key that
 * does not exist does not compile. For the server only: a client component gets its words as props, so no catalogue travels.
 * Made once for each namespace and language: making one costs more than all that it says in an answer.
 */
export function translator<const In extends Namespace>(namespace: In, locale: Locale): Translator<In> {
  const language = languageOf(locale);
  const ofLanguage = made.get(language) ?? new Map<Namespace, unknown>();
  made.set(language, ofLanguage);
  const known =
    ofLanguage.get(namespace) ??
    createTranslator({ locale: language.formats, messages: language.messages, namespace });
  ofLanguage.set(namespace, known);
  return known as Translator<In>;
}
