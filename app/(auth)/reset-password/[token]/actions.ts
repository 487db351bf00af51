"use server";

import { redirect } from "next/navigation";
import { resetPassword, resetPasswordInput } from "@/lib/accounts/reset-password";
import { rememberDevice } from "@/lib/auth/known-device";
import { translator } from "@/lib/i18n/translator";
import { anyone, formAction } from "@/lib/reader/action";

/** What a ticked key's field begins with. */
const keptKey = "keptKeys.";

export const setPassword = formAction({
  guard: anyone,
  schema: resetPasswordInput,
  read(formData) {
    const names = [...formData.keys()].filter((name) => name.startsWith(keptKey));
    return {
      token: formData.get("token"),
      newPassword: formData.get("newPassword"),
      keptKeys: names.map((name) => name.slice(keptKey.length)),
    };
  },
  async run(input, { locale }) {
    const changed = await resetPassword(input);
    if (changed.ok) {
      await rememberDevice(changed.value.userId);
      redirect("/sign-in?notice=password-set");
    }
    return {
      status: "refused",
      message: translator("auth", locale)("resetPassword.invalidTitle"),
    };
  },
});
