import { inHandsOf } from "@/lib/auth/booking-access";
import type { OwnerScope } from "@/lib/auth/owner-scope";
import { readTranslations, type Worded, wordQuestion, wordsIn } from "@/lib/booking-record/own-words";
import { readQuestions } from "@/lib/booking-record/questions";
import { readAnswers } from "@/lib/booking-record/stored-visitor";
import { db } from "@/lib/database/client";
import type { Prisma } from "@/lib/database/generated/client";
import { localeOf } from "@/lib/i18n/languages";

/** What a visitor answered to one question. */
export interface GivenAnswer {
  /** The question as it is asked now, or its ID if it is no longer asked. */
  label: string;
  answer: string | boolean | string[];
}

/** The answers to one of the organizer's own bookings, in the order of the form; empty ones are left out. */
export function listGivenAnswers(scope: OwnerScope, bookingId: string): Promise<GivenAnswer[]> {
  return listAnswers({ id: bookingId, ...inHandsOf(scope) });
}

/** The same for a page that has found the booking by its visitor's link: questions and options in the visitor's language. */
export function listVisitorAnswers(bookingId: string): Promise<GivenAnswer[]> {
  return listAnswers({ id: bookingId }, { isVisitors: true });
}

async function listAnswers(
  where: Prisma.BookingWhereInput,
  { isVisitors = false } = {},
): Promise<GivenAnswer[]> {
  const row = await db().booking.findFirst({
    where,
    select: {
      id: true,
      answers: true,
      visitorLocale: true,
      eventType: { select: { id: true, questions: true, translations: true } },
    },
  });
  if (!row) return [];
  const given = new Map(Object.entries(readAnswers(row.answers, row.id)));
  const asked = row.eventType ? questionsOf(row.eventType, isVisitors ? row.visitorLocale : null) : [];
  const known = new Set(asked.map(({ id }) => id));
  const gone = [...given.keys()].filter((id) => !known.has(id)).map((id) => ({ id, label: id }));
  return [...asked, ...gone].flatMap((question) => {
    const answer = readAnswer(given.get(question.id));
    return answer === null ? [] : [{ label: question.label, answer: inWordsOf(question, answer) }];
  });
}

type AskedQuestion = Worded<{ id: string; label: string; options?: readonly string[] }>;

/** In the words of a language (BCP 47), or, for null, in the organizer's own. */
function questionsOf(
  { id, questions, translations }: { id: string; questions: unknown; translations: unknown },
  language: string | null,
): AskedQuestion[] {
  const asked = readQuestions(questions, id);
  if (language === null) return asked;
  const words = wordsIn(readTranslations(translations, id), localeOf(language));
  return asked.map((question) => wordQuestion(question, words));
}

/** What was chosen is stored as its organizer calls it, and read as its visitor does. */
function inWordsOf(
  { options = [], optionLabels }: AskedQuestion,
  answer: GivenAnswer["answer"],
): GivenAnswer["answer"] {
  if (!optionLabels || typeof answer === "boolean") return answer;
  const word = (choice: string) => optionLabels[options.indexOf(choice)] ?? choice;
  return Array.isArray(answer) ? answer.map(word) : word(answer);
}

function readAnswer(answer: unknown): GivenAnswer["answer"] | null {
  if (typeof answer === "boolean") return answer;
  if (typeof answer === "string") return answer === "" ? null : answer;
  if (!Array.isArray(answer)) return null;
  const chosen = answer.filter((part) => typeof part === "string");
  return chosen.length > 0 ? chosen : null;
}
