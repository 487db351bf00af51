import { inHandsOf } from "@/lib/auth/booking-access";
import type { OwnerScope } from "@/lib/auth/owner-scope";
import { readQuestions } from "@/lib/booking-record/questions";
import { readAnswers } from "@/lib/booking-record/stored-visitor";
import { db } from "@/lib/database/client";
import type { Prisma } from "@/lib/database/generated/client";

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

/** The same for a page that has found the booking by its visitor's link. */
export function listVisitorAnswers(bookingId: string): Promise<GivenAnswer[]> {
  return listAnswers({ id: bookingId });
}

async function listAnswers(where: Prisma.BookingWhereInput): Promise<GivenAnswer[]> {
  const row = await db().booking.findFirst({
    where,
    select: { id: true, answers: true, eventType: { select: { id: true, questions: true } } },
  });
  if (!row) return [];
  const given = new Map(Object.entries(readAnswers(row.answers, row.id)));
  const asked = row.eventType ? readQuestions(row.eventType.questions, row.eventType.id) : [];
  const known = new Set(asked.map(({ id }) => id));
  const gone = [...given.keys()].filter((id) => !known.has(id)).map((id) => ({ id, label: id }));
  return [...asked, ...gone].flatMap(({ id, label }) => {
    const answer = readAnswer(given.get(id));
    return answer === null ? [] : [{ label, answer }];
  });
}

function readAnswer(answer: unknown): GivenAnswer["answer"] | null {
  if (typeof answer === "boolean") return answer;
  if (typeof answer === "string") return answer === "" ? null : answer;
  if (!Array.isArray(answer)) return null;
  const chosen = answer.filter((part) => typeof part === "string");
  return chosen.length > 0 ? chosen : null;
}
