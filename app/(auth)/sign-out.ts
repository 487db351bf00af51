"use server";

import { redirect } from "next/navigation";
import { z } from "zod";
import { closeSession } from "@/lib/auth/session";
import { anyone, buttonAction } from "@/lib/reader/action";

/** Signs this browser out. */
export const signOut = buttonAction({
  guard: anyone,
  schema: z.object({}),
  async run() {
    await closeSession();
    redirect("/sign-in?notice=signed-out");
  },
});
