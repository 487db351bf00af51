import type { Question } from "@/lib/availability/offer";
import type { BookingRequest } from "@/lib/booking/schema";
import type { InputIssue } from "@/lib/input/parse";

type Answers = NonNullable<BookingRequest["answers"]>;

const issue = (id: string, message: string): InputIssue => ({ path: `answers.${id}`, message, values: {} });

/** Checks a visitor's answers against the event type's questions. Paths name the field: `answers.topic`. PURE. */
export function checkAnswers(questions: Question[], answers: Answers): InputIssue[] {
  const known = new Set(questions.map((question) => question.id));
  const strange = Object.keys(answers).filter((id) => !known.has(id));
  return [
    ...strange.map((id) => issue(id, "answer_unknown")),
    ...questions.flatMap((question) => checkOne(question, answers[question.id])),
  ];
}

function checkOne(question: Question, given: Answers[string] | undefined): InputIssue[] {
  const empty =
    given === undefined || given === "" || given === false || (Array.isArray(given) && given.length === 0);
  if (empty) return question.required ? [issue(question.id, "answer_missing")] : [];
  const chosen = Array.isArray(given) ? given : [given];
  const options = question.options ?? [];
  const strange = chosen.some((choice) => typeof choice === "string" && !options.includes(choice));
  return options.length > 0 && strange ? [issue(question.id, "answer_option")] : [];
}
