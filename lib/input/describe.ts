import { translator } from "@/lib/i18n/translator";
import type { InputIssue } from "@/lib/input/parse";
import validation from "@/messages/en/validation.json";

const isKey = (text: string): text is keyof typeof validation => Object.hasOwn(validation, text);

/** A complaint in words: what is wrong with the field and how to mend it. */
export function describeIssue({ message, values }: Pick<InputIssue, "message" | "values">): string {
  return isKey(message) ? translator("validation")(message, { ...values }) : message;
}
