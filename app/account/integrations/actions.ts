"use server";

import { revalidatePath } from "next/cache";
import { z } from "zod";
import { buttonAction } from "@/lib/auth/action";
import { requireOrganizer } from "@/lib/auth/guards";
import { disconnect } from "@/lib/meetings/connect";

export const disconnectTeams = buttonAction({
  guard: requireOrganizer,
  schema: z.object({}),
  async run(_input, { who }) {
    await disconnect(who.id);
    revalidatePath("/account", "layout");
  },
});
