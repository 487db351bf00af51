import type { BookingRequest } from "@/lib/booking/schema";
import { isBlank } from "@/lib/input/cut";
import { type InputIssue, maxNamedFields } from "@/lib/input/parse";
import type { Question } from "@/lib/offers/offer";

type Answers = NonNullable<BookingRequest["answers"]>;

const issue = (id: string, message: string): InputIssue => ({ path: `answers.${id}`, message, values: {} });

/** Checks a visitor's answers against the event type's questions. Paths name the field: `answers.topic`. PURE. */
export function checkAnswers(questions: Question[], answers: Answers): InputIssue[] {
  const known = new Set(questions.map((question) => question.id));
  const strange = Object.keys(answers).filter((id) => !known.has(id));
  const count = strange.length - maxNamedFields;
  return [
    ...strange.slice(0, maxNamedFields).map((id) => issue(id, "answer_unknown")),
    ...(count > 0 ? [{ path: "answers", message: "unknown_fields", values: { count } }] : []),
    ...questions.flatMap((question) => checkOne(question, answers[question.id])),
  ];
}

function checkOne(question: Question, given: Answers[string] | undefined): InputIssue[] {
  const empty =
    given === undefined ||
    given === false ||
    (typeof given === "string" && isBlank(given)) ||
    (Array.isArray(given) && given.length === 0);
  if (empty) return question.required ? [issue(question.id, "answer_missing")] : [];
  const problem = problemOf(question, given);
  return problem ? [issue(question.id, problem)] : [];
}

/** Why an answer is invalid for this kind of question, as a key of the `validation` messages. */
function problemOf({ kind, options = [] }: Question, given: Answers[string]): string | null {
  if (kind === "checkbox") return given === true ? null : "yes_or_no";
  if (kind === "select") {
    const chosen = Array.isArray(given) ? given : [given];
    return chosen.every((choice) => typeof choice === "string" && options.includes(choice))
      ? null
      : "answer_option";
  }
  if (typeof given !== "string") return "answer_text";
  if (kind === "multiline") return null;
  if (/[\n\t]/.test(given)) return "control_characters";
  if (kind === "phone") return /\d\D*\d\D*\d/.test(given) ? null : "phone_form";
  if (kind === "url") return isWebAddress(given) ? null : "web_address";
  return null;
}

/** People leave `https://` out; anyone who opens an answer must get to a web page and nowhere else. */
function isWebAddress(text: string): boolean {
  const whole = /^[a-z][a-z0-9+.-]*:/i.test(text) ? text : `https://${text}`;
  if (/\s/.test(text) || !URL.canParse(whole)) return false;
  const { protocol, hostname } = new URL(whole);
  return /^https?:$/.test(protocol) && hostname.includes(".");
}
