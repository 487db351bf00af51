"use server";

import { redirect } from "next/navigation";
import { z } from "zod";
import { confirmSignUp, confirmSignUpInput } from "@/lib/accounts/confirm-sign-up";
import { rememberLocale } from "@/lib/accounts/locale";
import { safeReturnTo } from "@/lib/auth/return-to";
import { openSession } from "@/lib/auth/session";
import { readVisitor } from "@/lib/booking-page/visitor";
import { translator } from "@/lib/i18n/translator";
import { anyone, describeRetry, formAction } from "@/lib/reader/action";

export const openAccount = formAction({
  guard: anyone,
  schema: confirmSignUpInput.extend({ returnTo: z.string().optional() }),
  async run({ returnTo, ...input }, { locale }) {
    const opened = await confirmSignUp(input, { locale });
    if (opened.ok) {
      await openSession(opened.value);
      await rememberLocale(opened.value.userId, (await readVisitor()).locale);
      redirect(safeReturnTo(returnTo));
    }
    const refused = opened.error;
    const words = translator("auth", locale);
    switch (refused.code) {
      case "too_many_attempts":
        return { status: "refused", message: describeRetry(refused.retryAfterSeconds, locale) };
      case "wrong_password":
        return { status: "refused", errors: { password: words("confirmSignUp.wrong") } };
      case "sign_up_closed":
        return { status: "refused", message: words("signUp.closedTitle") };
      case "invitation_invalid":
        return { status: "refused", message: words("signUp.inviteTitle") };
      case "password_not_offered":
        return { status: "refused", message: words("problem.not_offered.title") };
      case "link_invalid":
        return { status: "refused", message: words("confirmSignUp.invalidTitle") };
    }
  },
});
