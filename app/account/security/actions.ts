"use server";

import { revalidatePath } from "next/cache";
import { redirect } from "next/navigation";
import { z } from "zod";
import { describePasswordRefused } from "@/app/account/describe-password-refused";
import {
  changePassword,
  changePasswordInput,
  confirmPassword,
  currentPassword,
} from "@/lib/accounts/change-password";
import { signOutDevice, signOutEverywhere } from "@/lib/accounts/devices";
import { requireOrganizer, requireRecentSignIn } from "@/lib/auth/guards";
import { safeReturnTo } from "@/lib/auth/return-to";
import { closeSession, openSession, renewProof } from "@/lib/auth/session";
import { env } from "@/lib/config/env";
import { translator } from "@/lib/i18n/translator";
import { unlink } from "@/lib/identities/linked";
import { removePasskey, removePassword, renamePasskey, renamePasskeyInput } from "@/lib/identities/passkeys";
import { buttonAction, formAction } from "@/lib/reader/action";

const page = "/account/security";

export const changePasswordAction = formAction({
  guard: () => requireOrganizer(),
  schema: changePasswordInput,
  async run(input, { who, locale }) {
    const changed = await changePassword(who, input);
    if (!changed.ok) return describePasswordRefused(changed.error, locale);
    await openSession(changed.value);
    return { status: "done", message: translator("account", locale)("profile.passwordChanged") };
  },
});

/** Proves by the password that it is the organizer who sits at this browser. */
export const confirmByPassword = formAction({
  guard: () => requireOrganizer(),
  schema: z.object({ currentPassword, returnTo: z.string().optional() }),
  async run(input, { who, locale }) {
    if (!env().SIGN_IN.includes("password")) redirect(page);
    const confirmed = await confirmPassword(who, input.currentPassword);
    if (!confirmed.ok) return describePasswordRefused(confirmed.error, locale);
    await renewProof();
    redirect(safeReturnTo(input.returnTo));
  },
});

export const unlinkIdentity = buttonAction({
  guard: () => requireRecentSignIn(page),
  schema: z.object({ id: z.uuid() }),
  async run({ id }, { who }) {
    const unlinked = await unlink(who.scope, id);
    if (!unlinked.ok) redirect(`${page}?kept=last-way-in`);
    revalidatePath(page);
  },
});

export const renamePasskeyAction = buttonAction({
  guard: () => requireOrganizer(),
  schema: renamePasskeyInput,
  async run(input, { who }) {
    await renamePasskey(who.scope, input);
    revalidatePath(page);
  },
});

export const removePasskeyAction = buttonAction({
  guard: () => requireRecentSignIn(page),
  schema: z.object({ id: z.uuid() }),
  async run({ id }, { who }) {
    const removed = await removePasskey(who.scope, id);
    if (!removed.ok) redirect(`${page}?kept=last-way-in`);
    revalidatePath(page);
  },
});

export const removePasswordAction = buttonAction({
  guard: () => requireRecentSignIn(page),
  schema: z.object({}),
  async run(_input, { who }) {
    const removed = await removePassword(who.scope);
    if (!removed.ok) redirect(`${page}?kept=last-way-in`);
    revalidatePath(page);
  },
});

export const signDeviceOut = buttonAction({
  guard: () => requireOrganizer(),
  schema: z.object({ id: z.uuid() }),
  async run({ id }, { who }) {
    await signOutDevice(who.scope, id);
    if (id === who.sessionId) redirect("/sign-in?notice=signed-out");
    revalidatePath(page);
  },
});

export const signEverythingOut = buttonAction({
  guard: () => requireOrganizer(),
  schema: z.object({}),
  async run(_input, { who }) {
    await signOutEverywhere(who.scope);
    await closeSession();
    redirect("/sign-in?notice=signed-out");
  },
});
