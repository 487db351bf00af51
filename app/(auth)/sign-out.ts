"use server";

import { redirect } from "next/navigation";
import { z } from "zod";
import { anyone, buttonAction } from "@/lib/auth/action";
import { closeSession } from "@/lib/auth/session";

/** Signs this browser out. */
export const signOut = buttonAction({
  guard: anyone,
  schema: z.object({}),
  async run() {
    await closeSession();
    redirect("/sign-in?notice=signed-out");
  },
});
