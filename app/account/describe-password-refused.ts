import type { PasswordRefused } from "@/lib/accounts/change-password";
import type { Locale } from "@/lib/i18n/languages";
import { translator } from "@/lib/i18n/translator";
import { describeRetry, type FormOutcome } from "@/lib/reader/action";

/** What a form says whose `currentPassword` was not taken. */
export function describePasswordRefused(refused: PasswordRefused, locale: Locale): FormOutcome {
  return refused.code === "too_many_attempts"
    ? { status: "refused", message: describeRetry(refused.retryAfterSeconds, locale) }
    : {
        status: "refused",
        errors: { currentPassword: translator("account", locale)("profile.wrongPassword") },
      };
}
