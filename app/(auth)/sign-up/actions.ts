"use server";

import { redirect } from "next/navigation";
import { z } from "zod";
import { rememberLocale } from "@/lib/accounts/locale";
import { type SignUpRefused, signUp, signUpInput } from "@/lib/accounts/sign-up";
import { safeReturnTo } from "@/lib/auth/return-to";
import { openSession } from "@/lib/auth/session";
import { readVisitor } from "@/lib/booking-page/visitor";
import type { Locale } from "@/lib/i18n/languages";
import { translator } from "@/lib/i18n/translator";
import { anyone, describeRetry, formAction } from "@/lib/reader/action";

export const createAccount = formAction({
  guard: anyone,
  schema: signUpInput.extend({ returnTo: z.string().optional() }),
  async run({ returnTo, ...input }, { address, locale }) {
    const opened = await signUp(input, { address, locale, returnTo: safeReturnTo(returnTo) });
    if (!opened.ok) {
      return opened.error.code === "setup_token_wrong"
        ? { status: "refused", errors: { setupToken: translator("auth", locale)("setupTokenWrong") } }
        : { status: "refused", message: describeRefusal(opened.error, locale) };
    }
    if (!opened.value) {
      return { status: "done", message: translator("auth", locale)("signUp.mailed", { email: input.email }) };
    }
    await openSession(opened.value);
    await rememberLocale(opened.value.userId, (await readVisitor()).locale);
    redirect(safeReturnTo(returnTo));
  },
});

function describeRefusal(
  refused: Exclude<SignUpRefused, { code: "setup_token_wrong" }>,
  locale: Locale,
): string {
  const words = translator("auth", locale);
  switch (refused.code) {
    case "too_many_attempts":
      return describeRetry(refused.retryAfterSeconds, locale);
    case "sign_up_closed":
      return words("signUp.closedTitle");
    case "invitation_invalid":
      return words("signUp.inviteTitle");
    case "password_not_offered":
      return words("problem.not_offered.title");
    case "account_not_created":
      return words("signUp.notCreated");
  }
}
