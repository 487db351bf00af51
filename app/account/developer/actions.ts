"use server";

import { revalidatePath } from "next/cache";
import { z } from "zod";
import { name } from "@/lib/accounts/schema";
import { buttonAction, formAction } from "@/lib/auth/action";
import { createApiKey, revokeApiKey } from "@/lib/auth/api-keys";
import { requireOrganizer } from "@/lib/auth/guards";
import { translator } from "@/lib/i18n/translator";

export const createKey = formAction({
  guard: requireOrganizer,
  schema: z.object({ name }),
  async run(input, { who }) {
    const { apiKey } = await createApiKey(who.id, input.name);
    revalidatePath("/account/developer");
    const message = translator("account")("developer.created", { name: input.name });
    return { status: "done", message, secret: apiKey };
  },
});

export const revokeKey = buttonAction({
  guard: requireOrganizer,
  schema: z.object({ id: z.uuid() }),
  async run({ id }, { who }) {
    await revokeApiKey(who.id, id);
    revalidatePath("/account/developer");
  },
});
