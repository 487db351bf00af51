/** What an organizer has written for visitors in other languages, as an event type's row keeps it. */
import { z } from "zod";
import { jsonColumn } from "@/lib/database/json-column";
import type { Locale } from "@/lib/i18n/languages";

const questionWords = z.object({
  label: z.string().optional(),
  hint: z.string().optional(),
  /** By the option as it is stored. */
  options: z.record(z.string(), z.string()).optional(),
});

const ownWords = z.object({
  title: z.string().optional(),
  description: z.string().optional(),
  mailGreeting: z.string().optional(),
  mailClosing: z.string().optional(),
  /** By the question's ID. */
  questions: z.record(z.string(), questionWords).optional(),
});

/** Words of one language; what is left out is said in the event type's own. */
export type OwnWords = z.output<typeof ownWords>;

/** By the tag (BCP 47) of a language that Bellhop is shipped in. */
export type Translations = Readonly<Partial<Record<string, OwnWords>>>;

export const readTranslations: (value: unknown, id: string) => Translations = jsonColumn(
  "EventType.translations",
  z.record(z.string(), ownWords),
);

interface Asked {
  id: string;
  label: string;
  hint?: string | undefined;
  options?: readonly string[] | undefined;
}

interface Written {
  title: string;
  description: string;
  questions: readonly Asked[];
  translations: Translations;
}

/** A question as it is read: what is chosen has one value in all languages, and a label in each. */
export type Worded<Question> = Question & { optionLabels?: readonly string[] };

/** The words of an event type in a language, each that its organizer has written there; all others stay as they are. PURE. */
export function inLanguage<EventType extends Written>(
  eventType: EventType,
  locale: Locale,
): Omit<EventType, "questions"> & { questions: Worded<EventType["questions"][number]>[] } {
  const { title, description, questions, translations } = eventType;
  const words = wordsIn(translations, locale);
  return {
    ...eventType,
    title: words.title ?? title,
    description: words.description ?? description,
    questions: questions.map((question) => wordQuestion(question, words)),
  };
}

/** What is written in a language; nothing where none is. PURE. */
export function wordsIn(translations: Translations, locale: Locale): OwnWords {
  return entry(translations, locale) ?? {};
}

/** The title in a visitor's language, where it is another than the event type's own; null where it's the same. PURE. */
export function titleFor(eventType: Pick<Written, "title" | "translations">, locale: Locale): string | null {
  const title = wordsIn(eventType.translations, locale).title;
  return title === undefined || title === eventType.title ? null : title;
}

/** A question in these words. PURE. */
export function wordQuestion<Question extends Asked>(
  question: Question,
  { questions }: OwnWords,
): Worded<Question> {
  const words = questions && entry(questions, question.id);
  if (!words) return question;
  const { label = question.label, hint = question.hint, options = {} } = words;
  const { options: values } = question;
  return {
    ...question,
    label,
    ...(hint ? { hint } : {}),
    ...(values ? { optionLabels: values.map((value) => entry(options, value) ?? value) } : {}),
  };
}

/** What everyone may read of it: mails are for those who have booked. PURE. */
export function publicWords(translations: Translations): Translations {
  const shown = Object.entries(translations).map(([tag, words = {}]) => {
    const { mailGreeting: _, mailClosing: __, ...rest } = words;
    return [tag, rest] as const;
  });
  return Object.fromEntries(shown.filter(([, words]) => Object.keys(words).length > 0));
}

/** Names that people choose may be those of an object's own parts. */
function entry<Value>(record: Readonly<Record<string, Value>>, name: string): Value | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined;
}
