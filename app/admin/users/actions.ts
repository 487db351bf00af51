"use server";

import { revalidatePath } from "next/cache";
import { redirect } from "next/navigation";
import { z } from "zod";
import { signOutEverywhere } from "@/lib/accounts/devices";
import { createInvitation, revokeInvitation } from "@/lib/accounts/invitations";
import { countUpcoming } from "@/lib/accounts/off-boarding";
import { changeRole, disableUser, enableUser } from "@/lib/accounts/users";
import { requireAdmin, requireAdminOver } from "@/lib/auth/guards";
import { env } from "@/lib/config/env";
import { translator } from "@/lib/i18n/translator";
import { buttonAction, formAction } from "@/lib/reader/action";

export const invite = formAction({
  guard: requireAdmin,
  schema: z.object({}),
  async run(_input, { who, locale }) {
    const { token } = await createInvitation(who.id);
    revalidatePath("/admin/users", "layout");
    return {
      status: "done",
      message: translator("account", locale)("users.invited"),
      secret: `${env().APP_URL}/sign-up?invitation=${token}`,
    };
  },
});

export const takeBackInvitation = buttonAction({
  guard: requireAdmin,
  schema: z.object({ id: z.uuid() }),
  async run({ id }) {
    await revokeInvitation(id);
    revalidatePath("/admin/users", "layout");
  },
});

export const disable = buttonAction({
  guard: requireAdmin,
  schema: z.object({ id: z.uuid() }),
  async run({ id }, { who }) {
    const disabled = await disableUser(id);
    if (!disabled.ok && disabled.error.code === "last_admin") redirect("/admin/users?notice=last-admin");
    if (id === who.id) redirect("/sign-in?notice=signed-out");
    if ((await countUpcoming(await requireAdminOver(id))) > 0) redirect(`/admin/users?disabled=${id}`);
    revalidatePath("/admin/users", "layout");
  },
});

export const enable = buttonAction({
  guard: requireAdmin,
  schema: z.object({ id: z.uuid() }),
  async run({ id }) {
    await enableUser(id);
    revalidatePath("/admin/users", "layout");
  },
});

export const signOutOf = buttonAction({
  guard: requireAdmin,
  schema: z.object({ id: z.uuid() }),
  async run({ id }, { who }) {
    await signOutEverywhere(await requireAdminOver(id));
    if (id === who.id) redirect("/sign-in?notice=signed-out");
    revalidatePath("/admin/users", "layout");
  },
});

export const setRole = buttonAction({
  guard: requireAdmin,
  schema: z.object({ id: z.uuid(), role: z.enum(["organizer", "admin"]) }),
  async run({ id, role }, { who }) {
    const changed = await changeRole(id, role);
    if (!changed.ok && changed.error.code === "last_admin") redirect("/admin/users?notice=last-admin");
    if (id === who.id && role === "organizer") redirect("/sign-in?notice=signed-out");
    revalidatePath("/admin/users", "layout");
  },
});
