/** The form of an organizer's own words in one language. PURE, for server and browser. */
import type { OwnWords } from "@/lib/booking-record/own-words";
import type { EventType } from "@/lib/event-types/schema";
import { type FormValues, rowsOf, toFormValues } from "@/lib/input/form-values";

type Asked = EventType["questions"][number];

/** The fields of a question's words, by its place in the form. */
export const questionField = (index: number) => `questions.${index}.label`;
export const hintField = (index: number) => `questions.${index}.hint`;
export const optionField = (index: number, option: number) => `questions.${index}.options.${option}.label`;

/** What travels unseen: which question and which option each row is about, whatever becomes of their order meanwhile. */
export function hiddenLanguageFields(questions: readonly Asked[]): FormValues {
  return Object.fromEntries(
    questions.flatMap(({ id, options = [] }, index): [string, string][] => [
      [`questions.${index}.id`, id],
      ...options.map((value, place): [string, string] => [
        `questions.${index}.options.${place}.value`,
        value,
      ]),
    ]),
  );
}

/** What `ownWordsForm` checks, from the fields that were sent. */
export function readLanguageForm(formData: FormData) {
  const values = toFormValues(formData);
  const { eventTypeId = "", language = "", title = "", description = "" } = values;
  const { mailGreeting = "", mailClosing = "" } = values;
  return {
    eventTypeId,
    language,
    title,
    description,
    mailGreeting,
    mailClosing,
    questions: rowsOf(values, "questions").map((row) => ({
      id: row.id ?? "",
      label: row.label ?? "",
      hint: row.hint ?? "",
      options: rowsOf(row, "options").map(({ value = "", label = "" }) => ({ value, label })),
    })),
  };
}

interface Words {
  title: string;
  description: string;
  mailGreeting: string;
  mailClosing: string;
  questions: readonly {
    id: string;
    label: string;
    hint: string;
    options: readonly { value: string; label: string }[];
  }[];
}

/** The words that the form holds; null where every field is empty. */
export function toOwnWords({ questions, ...form }: Words): OwnWords | null {
  const asked = questions.flatMap(({ id, label, hint, options }) => {
    const labels = options.flatMap((option) => (option.label ? [[option.value, option.label] as const] : []));
    const words = {
      ...(label ? { label } : {}),
      ...(hint ? { hint } : {}),
      ...(labels.length > 0 ? { options: Object.fromEntries(labels) } : {}),
    };
    return Object.keys(words).length > 0 ? [[id, words] as const] : [];
  });
  const { title, description, mailGreeting, mailClosing } = form;
  const words = {
    ...(title ? { title } : {}),
    ...(description ? { description } : {}),
    ...(mailGreeting ? { mailGreeting } : {}),
    ...(mailClosing ? { mailClosing } : {}),
    ...(asked.length > 0 ? { questions: Object.fromEntries(asked) } : {}),
  };
  return Object.keys(words).length > 0 ? words : null;
}
