"use server";

import { redirect } from "next/navigation";
import { z } from "zod";
import { rememberLocale } from "@/lib/accounts/locale";
import { signIn, signInInput } from "@/lib/accounts/sign-in";
import { readKnownDevice } from "@/lib/auth/known-device";
import { safeReturnTo } from "@/lib/auth/return-to";
import { openSession } from "@/lib/auth/session";
import { readVisitor } from "@/lib/booking-page/visitor";
import { translator } from "@/lib/i18n/translator";
import { anyone, formAction, minutesOf } from "@/lib/reader/action";

export const enter = formAction({
  guard: anyone,
  schema: signInInput.extend({ returnTo: z.string().optional() }),
  async run({ returnTo, ...input }, { address, locale }) {
    const opened = await signIn(input, address, await readKnownDevice());
    if (opened.ok) {
      await openSession(opened.value);
      await rememberLocale(opened.value.userId, (await readVisitor()).locale);
      redirect(safeReturnTo(returnTo));
    }
    const refused = opened.error;
    const words = translator("auth", locale);
    if (refused.code === "too_many_attempts") {
      return {
        status: "refused",
        message: words("signIn.tooMany", { minutes: minutesOf(refused.retryAfterSeconds) }),
      };
    }
    const message = {
      wrong_credentials: "signIn.wrong",
      password_not_offered: "problem.not_offered.title",
      account_disabled: "problem.account_disabled.title",
    } as const;
    return { status: "refused", message: words(message[refused.code]) };
  },
});
