import { type Clockwork, formatMoment } from "@/components/connections/moment";
import type { Closing } from "@/lib/calendars/closing";
import type { Locale } from "@/lib/i18n/languages";
import { translator } from "@/lib/i18n/translator";

const problems = ["throttled", "unavailable", "refused", "access_denied", "reconnect_needed"] as const;

/** Why a calendar could not be read, in a sentence. */
export function describeReadingProblem(problem: string | null, locale: Locale): string {
  const words = translator("calendars", locale);
  return words(`problem.${problems.find((known) => known === problem) ?? "other"}`);
}

/** Which calendar keeps the times closed, since when, and why. */
export function describeClosing(
  { name, readAt, problem: code, isShared }: Closing,
  clockwork: Clockwork,
  locale: Locale,
): string {
  const words = translator("calendars", locale);
  const isOfOwner = isShared && code === "access_denied";
  const problem = isOfOwner ? words("problem.shared_denied") : describeReadingProblem(code, locale);
  if (!name) return words("closedList", { problem });
  if (!readAt) return words("closedUnread", { name, problem });
  return words("closedText", { name, moment: formatMoment(readAt, clockwork, locale), problem });
}
