"use server";

import { redirect } from "next/navigation";
import { z } from "zod";
import { confirmEmail } from "@/lib/accounts/change-email";
import { requireOrganizer } from "@/lib/auth/guards";
import { openSession } from "@/lib/auth/session";
import { buttonAction } from "@/lib/reader/action";

const pageOf = (token = "") => `/account/email/${encodeURIComponent(token)}`;

export const takeNewEmail = buttonAction({
  guard: ({ token }) => requireOrganizer(pageOf(token)),
  schema: z.object({ token: z.string().max(200) }),
  async run({ token }, { who }) {
    const changed = await confirmEmail(who.scope, token);
    if (!changed.ok) redirect(pageOf(token));
    await openSession(changed.value.session);
    redirect("/account/profile");
  },
});
