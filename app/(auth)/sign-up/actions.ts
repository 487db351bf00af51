"use server";

import { redirect } from "next/navigation";
import { z } from "zod";
import { rememberLocale } from "@/lib/accounts/locale";
import { type SignUpRefused, signUp, signUpInput } from "@/lib/accounts/sign-up";
import { anyone, formAction, sayRetry } from "@/lib/auth/action";
import { safeReturnTo } from "@/lib/auth/return-to";
import { openSession } from "@/lib/auth/session";
import { readVisitor } from "@/lib/booking-page/visitor";
import { translator } from "@/lib/i18n/translator";

export const createAccount = formAction({
  guard: anyone,
  schema: signUpInput.extend({ returnTo: z.string().optional() }),
  async run({ returnTo, ...input }, { address }) {
    const opened = await signUp(input, address);
    if (!opened.ok) return { status: "refused", message: sayRefusal(opened.error) };
    await openSession(opened.value);
    await rememberLocale(opened.value.userId, (await readVisitor()).locale);
    redirect(safeReturnTo(returnTo));
  },
});

function sayRefusal(refused: SignUpRefused): string {
  const words = translator("auth");
  switch (refused.code) {
    case "too_many_attempts":
      return sayRetry(refused.retryAfterSeconds);
    case "sign_up_closed":
      return words("signUp.closedTitle");
    case "invitation_invalid":
      return words("signUp.inviteTitle");
    case "account_not_created":
      return words("signUp.notCreated");
  }
}
