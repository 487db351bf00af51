"use server";

import { redirect } from "next/navigation";
import { z } from "zod";
import { signInByLink } from "@/lib/accounts/sign-in-link";
import { homePath } from "@/lib/auth/return-to";
import { openSession } from "@/lib/auth/session";
import { anyone, buttonAction } from "@/lib/reader/action";

export const enterByLink = buttonAction({
  guard: anyone,
  schema: z.object({ token: z.string().max(200) }),
  async run({ token }) {
    const opened = await signInByLink(token);
    if (!opened.ok) redirect(`/sign-in/link/${encodeURIComponent(token)}`);
    await openSession(opened.value);
    redirect(homePath);
  },
});
