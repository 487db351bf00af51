"use server";

import { revalidatePath } from "next/cache";
import { z } from "zod";
import { requireAdmin } from "@/lib/auth/guards";
import { translator } from "@/lib/i18n/translator";
import { buttonAction, formAction } from "@/lib/reader/action";
import { createScimToken, revokeScimToken } from "@/lib/scim/tokens";

const page = "/admin/users/provisioning";

export const createToken = formAction({
  guard: requireAdmin,
  schema: z.object({}),
  async run(_input, { locale }) {
    const { token } = await createScimToken();
    revalidatePath(page);
    return {
      status: "done",
      message: translator("account", locale)("provisioning.created"),
      secret: token,
    };
  },
});

export const revokeToken = buttonAction({
  guard: requireAdmin,
  schema: z.object({ id: z.uuid() }),
  async run({ id }) {
    await revokeScimToken(id);
    revalidatePath(page);
  },
});
