"use server";

import { redirect } from "next/navigation";
import { resetPassword, resetPasswordInput } from "@/lib/accounts/reset-password";
import { anyone, formAction } from "@/lib/auth/action";
import { translator } from "@/lib/i18n/translator";

export const setPassword = formAction({
  guard: anyone,
  schema: resetPasswordInput,
  async run(input) {
    const changed = await resetPassword(input);
    if (changed.ok) redirect("/sign-in?notice=password-set");
    return { status: "refused", message: translator("auth")("resetPassword.invalidTitle") };
  },
});
