/** Which text messages go along with the news of a booking, and what they say. */

import { joinPageUrl, openLink } from "@/lib/booking-record/links";
import { readQuestions } from "@/lib/booking-record/questions";
import { readAnswers } from "@/lib/booking-record/stored-visitor";
import { clockOf } from "@/lib/format/clock";
import { startLabel } from "@/lib/format/two-clocks";
import { localeOf } from "@/lib/i18n/languages";
import { translator } from "@/lib/i18n/translator";
import type { Notice } from "@/lib/notices/due";
import { forVisitor, type MailedBooking, preferencesOf } from "@/lib/notifications/mailed-booking";
import { isTextSetUp } from "@/lib/outbox/sms";
import type { NewText } from "@/lib/outbox/text-outbox";

/** The texts of these notices; none where the event type sends none, or the visitor gave no number. */
export function textsFor(
  booking: MailedBooking,
  notices: Notice[],
  now: number,
): Omit<NewText, "bookingId">[] {
  if (!isTextSetUp() || booking.status !== "confirmed" || booking.startsAt.getTime() <= now) return [];
  const { textConfirmation, textReminders } = preferencesOf(booking);
  const given = phoneOf(booking);
  if (given === null) return [];
  return notices.flatMap(({ kind, revision, silent }) => {
    // A confirmation that is not mailed may still be texted; a reminder that came too late may not.
    const isWanted =
      (kind === "confirmed" && textConfirmation) ||
      (kind.startsWith("reminder.") && textReminders && !silent);
    if (!isWanted) return [];
    return [{ kind, revision, to: toInternational(given), body: bodyOf(booking, kind) }];
  });
}

function bodyOf(booking: MailedBooking, kind: string): string {
  const { id, title, owner, visitorTimeZone, visitorLocale, joinTokenSealed } = forVisitor(booking);
  const locale = localeOf(visitorLocale);
  return translator("mails", locale)(kind === "confirmed" ? "text.confirmed" : "text.reminder", {
    title,
    organizer: owner.name,
    start: startLabel(booking, visitorTimeZone, clockOf(visitorLocale), locale),
    url: joinPageUrl(openLink("join", id, joinTokenSealed)),
  });
}

/** What the visitor answered to the first question that asks for a phone number; null: nothing. */
function phoneOf({ id, eventType, answers }: MailedBooking): string | null {
  const questions = eventType ? readQuestions(eventType.questions, eventType.id) : [];
  const given = Object.entries(readAnswers(answers, id));
  for (const { id: asked } of questions.filter(({ kind }) => kind === "phone")) {
    const answer = given.find(([name]) => name === asked)?.[1];
    if (typeof answer === "string" && answer.trim() !== "") return answer;
  }
  return null;
}

/** A number as the networks take it (ITU-T E.164); null without a country code, since any guess might be a stranger's. PURE. */
function toInternational(given: string): string | null {
  const bare = given
    .replace(/\(0\)/g, "")
    .replace(/[\s().\-/]/g, "")
    .replace(/^00/, "+");
  return /^\+[1-9]\d{6,14}$/.test(bare) ? bare : null;
}
