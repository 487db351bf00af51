"use server";

import { after } from "next/server";
import { allowPasswordReset, forgotPasswordInput, mailPasswordReset } from "@/lib/accounts/reset-password";
import { readKnownDevice } from "@/lib/auth/known-device";
import { env } from "@/lib/config/env";
import { log } from "@/lib/config/log";
import { translator } from "@/lib/i18n/translator";
import { anyone, formAction, minutesOf } from "@/lib/reader/action";

export const askForLink = formAction({
  guard: anyone,
  schema: forgotPasswordInput,
  async run({ email }, { address, locale }) {
    const words = translator("auth", locale);
    const place = env().SMTP_URL ? "mailbox" : "outbox";
    const allowance = await allowPasswordReset(email, address, await readKnownDevice());
    if (!allowance.ok) {
      const minutes = minutesOf(allowance.retryAfterSeconds);
      return { status: "refused", message: words(`forgotPassword.recent.${place}`, { email, minutes }) };
    }
    // After the answer: how long it takes would tell whether there is such an account.
    after(() =>
      mailPasswordReset(email).catch((error) => log().error({ error }, "A reset link was not mailed")),
    );
    const outcome = place === "mailbox" ? "sent" : "kept";
    return { status: "done", message: words(`forgotPassword.${outcome}`, { email }) };
  },
});
