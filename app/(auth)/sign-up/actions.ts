"use server";

import { redirect } from "next/navigation";
import { z } from "zod";
import { type SignUpRefused, signUp, signUpInput } from "@/lib/accounts/sign-up";
import { anyone, formAction, sayRetry } from "@/lib/auth/action";
import { safeReturnTo } from "@/lib/auth/return-to";
import { openSession } from "@/lib/auth/session";
import { translator } from "@/lib/i18n/translator";

export const createAccount = formAction({
  guard: anyone,
  schema: signUpInput.extend({ returnTo: z.string().optional() }),
  async run({ returnTo, ...input }, { address }) {
    const opened = await signUp(input, address);
    if (!opened.ok) return { status: "refused", message: sayRefusal(opened.error) };
    await openSession(opened.value);
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
