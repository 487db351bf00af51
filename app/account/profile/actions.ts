"use server";

import { revalidatePath } from "next/cache";
import { cookies } from "next/headers";
import { redirect } from "next/navigation";
import { z } from "zod";
import { describePasswordRefused } from "@/app/account/describe-password-refused";
import { singleKeysCookie, singleKeysCookieRules } from "@/components/keyboard/keys";
import { changeEmail, changeEmailInput, dropPendingEmail } from "@/lib/accounts/change-email";
import { asBrowser, chooseLocale, languageInput } from "@/lib/accounts/locale";
import { profileInput, saveProfile } from "@/lib/accounts/profile";
import { isRecent, requireOrganizer } from "@/lib/auth/guards";
import { openSession } from "@/lib/auth/session";
import { tagToKeep } from "@/lib/booking-page/asked-tags";
import { languageCookie, languageCookieRules } from "@/lib/booking-page/language-cookie";
import { defaultLocale, localeOf } from "@/lib/i18n/languages";
import { translator } from "@/lib/i18n/translator";
import { buttonAction, formAction } from "@/lib/reader/action";

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

/** The pages are in the chosen language at once, and so is what this browser shows to people who haven't signed in. */
export const chooseLanguageAction = formAction({
  guard: () => requireOrganizer(),
  schema: languageInput,
  async run({ language }, { who }) {
    const isChosen = language !== asBrowser;
    const locale = (await tagToKeep(isChosen ? language : null)) ?? defaultLocale;
    await chooseLocale(who.scope, { locale, isChosen });
    const jar = await cookies();
    if (isChosen) jar.set(languageCookie, locale, languageCookieRules);
    else jar.delete(languageCookie);
    revalidatePath("/", "layout");
    const words = translator("account", localeOf(locale));
    return { status: "done", message: words("profile.languageSaved") };
  },
});

/** In this browser alone: it depends on how someone works there. */
export const chooseSingleKeys = buttonAction({
  guard: () => requireOrganizer(),
  schema: z.object({ on: z.enum(["true", "false"]) }),
  async run({ on }) {
    const jar = await cookies();
    if (on === "true") jar.delete(singleKeysCookie);
    else jar.set(singleKeysCookie, "off", singleKeysCookieRules);
    revalidatePath("/account", "layout");
  },
});

export const changeEmailAction = formAction({
  guard: () => requireOrganizer(),
  schema: changeEmailInput,
  async run(input, { who, locale }) {
    const words = translator("account", locale);
    const changed = await changeEmail(who, input, isRecent(who));
    if (changed.ok) {
      const outcome = changed.value;
      if (outcome.kind === "changed") await openSession(outcome.session);
      revalidatePath("/account", "layout");
      const said = outcome.kind === "asked" ? "emailAsked" : "emailChanged";
      return { status: "done", message: words(`profile.${said}`, { email: input.email }) };
    }
    if (changed.error.code === "sign_in_again") {
      redirect("/account/security/confirm?returnTo=/account/profile");
    }
    if (changed.error.code !== "email_unavailable") return describePasswordRefused(changed.error, locale);
    return { status: "refused", errors: { email: words("profile.emailUnavailable") } };
  },
});

export const keepEmail = buttonAction({
  guard: () => requireOrganizer(),
  schema: z.object({}),
  async run(_input, { who }) {
    await dropPendingEmail(who.scope);
    revalidatePath("/account/profile");
  },
});
