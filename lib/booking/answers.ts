import type { Question } from "@/lib/availability/offer";
import type { BookingRequest } from "@/lib/booking/schema";

export interface FieldError {
  path: string;
  message: string;
}

type Answers = NonNullable<BookingRequest["answers"]>;

/** Checks a visitor's answers against the event type's questions. Paths name the field: `answers.topic`. PURE. */
export function checkAnswers(questions: Question[], answers: Answers): FieldError[] {
  const known = new Set(questions.map((question) => question.id));
  const strange = Object.keys(answers)
    .filter((id) => !known.has(id))
    .map((id) => ({
      path: `answers.${id}`,
      message: "No such question is asked here. Leave this answer out.",
    }));
  return [...strange, ...questions.flatMap((question) => checkOne(question, answers[question.id]))];
}

function checkOne(question: Question, given: Answers[string] | undefined): FieldError[] {
  const path = `answers.${question.id}`;
  const empty =
    given === undefined || given === "" || given === false || (Array.isArray(given) && given.length === 0);
  if (empty) return question.required ? [{ path, message: "Please answer this question." }] : [];
  const chosen = Array.isArray(given) ? given : [given];
  const options = question.options ?? [];
  if (
    options.length > 0 &&
    chosen.some((choice) => typeof choice === "string" && !options.includes(choice))
  ) {
    return [{ path, message: `Choose one of: ${options.join(", ")}.` }];
  }
  return [];
}
