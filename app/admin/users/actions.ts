"use server";

import { revalidatePath } from "next/cache";
import { redirect } from "next/navigation";
import { z } from "zod";
import { createInvitation, revokeInvitation } from "@/lib/accounts/invitations";
import { changeRole } from "@/lib/accounts/users";
import { requireAdmin } from "@/lib/auth/guards";
import { homePath } from "@/lib/auth/return-to";
import { env } from "@/lib/config/env";
import { translator } from "@/lib/i18n/translator";
import { buttonAction, formAction } from "@/lib/reader/action";

export const invite = formAction({
  guard: requireAdmin,
  schema: z.object({}),
  async run(_input, { who, locale }) {
    const { token } = await createInvitation(who.id);
    revalidatePath("/admin/users");
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
    revalidatePath("/admin/users");
  },
});

export const setRole = buttonAction({
  guard: requireAdmin,
  schema: z.object({ id: z.uuid(), role: z.enum(["organizer", "admin"]) }),
  async run({ id, role }, { who }) {
    const changed = await changeRole(id, role);
    if (!changed.ok && changed.error.code === "last_admin") redirect("/admin/users?notice=last-admin");
    if (id === who.id && role === "organizer") redirect(homePath);
    revalidatePath("/admin/users");
  },
});
