import type { Locale } from "@/lib/i18n/languages";
import { translator } from "@/lib/i18n/translator";
import type { InputIssue } from "@/lib/input/parse";
import validation from "@/messages/en/validation.json";

const isKey = (text: string): text is keyof typeof validation => Object.hasOwn(validation, text);

/** A complaint in words: what is wrong with the field and how to fix it. */
export function describeIssue(
  { message, values }: Pick<InputIssue, "message" | "values">,
  locale: Locale,
): string {
  return isKey(message) ? translator("validation", locale)(message, { ...values }) : message;
}
