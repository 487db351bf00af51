"use server";

import { after } from "next/server";
import { allowPasswordReset, forgotPasswordInput, mailPasswordReset } from "@/lib/accounts/reset-password";
import { env } from "@/lib/config/env";
import { log } from "@/lib/config/log";
import { translator } from "@/lib/i18n/translator";
import { anyone, describeRetry, formAction } from "@/lib/reader/action";

export const askForLink = formAction({
  guard: anyone,
  schema: forgotPasswordInput,
  async run({ email }, { address, locale }) {
    const allowance = await allowPasswordReset(email, address);
    if (!allowance.ok)
      return { status: "refused", message: describeRetry(allowance.retryAfterSeconds, locale) };
    // After the answer: how long it takes would tell whether there is such an account.
    after(() =>
      mailPasswordReset(email).catch((error) => log().error({ error }, "A reset link was not mailed")),
    );
    const outcome = env().SMTP_URL ? "sent" : "kept";
    return { status: "done", message: translator("auth", locale)(`forgotPassword.${outcome}`, { email }) };
  },
});
