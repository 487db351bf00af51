"use server";

import { revalidatePath } from "next/cache";
import { describePasswordRefused } from "@/app/account/describe-password-refused";
import { changeEmail, changeEmailInput, profileInput, saveProfile } from "@/lib/accounts/profile";
import { requireOrganizer } from "@/lib/auth/guards";
import { openSession } from "@/lib/auth/session";
import { translator } from "@/lib/i18n/translator";
import { formAction } from "@/lib/reader/action";

export const saveProfileAction = formAction({
  guard: () => requireOrganizer(),
  schema: profileInput,
  async run(input, { who, locale }) {
    const words = translator("account", locale);
    const saved = await saveProfile(who.scope, input);
    if (!saved.ok) return { status: "refused", errors: { handle: words("profile.handleTaken") } };
    revalidatePath("/account", "layout");
    return { status: "done", message: words("profile.saved") };
  },
});

export const changeEmailAction = formAction({
  guard: () => requireOrganizer(),
  schema: changeEmailInput,
  async run(input, { who, locale }) {
    const words = translator("account", locale);
    const changed = await changeEmail(who.scope, input);
    if (changed.ok) {
      if (changed.value) await openSession(changed.value);
      revalidatePath("/account", "layout");
      return { status: "done", message: words("profile.emailChanged", { email: input.email }) };
    }
    if (changed.error.code !== "email_unavailable") return describePasswordRefused(changed.error, locale);
    return { status: "refused", errors: { email: words("profile.emailUnavailable") } };
  },
});
