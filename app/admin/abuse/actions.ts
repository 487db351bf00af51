"use server";

import { revalidatePath } from "next/cache";
import { z } from "zod";
import { requireAdmin } from "@/lib/auth/guards";
import { blockSenders, unblock } from "@/lib/booking/block-sender";
import { translator } from "@/lib/i18n/translator";
import { buttonAction, formAction } from "@/lib/reader/action";
import { blockForm, toBlockValue } from "@/lib/shield/block-schema";

export const addBlock = formAction({
  guard: requireAdmin,
  schema: blockForm,
  async run(input, { locale }) {
    const words = translator("blocks", locale);
    const blocked = await blockSenders("everyone", toBlockValue(input));
    if (!blocked.ok) return { status: "refused", message: words("add.tooMany") };
    revalidatePath("/admin/abuse");
    const { block, rejected } = blocked.value;
    return { status: "done", message: words("add.done", { value: block.value, rejected }) };
  },
});

export const removeBlock = buttonAction({
  guard: requireAdmin,
  schema: z.object({ id: z.uuid() }),
  async run({ id }) {
    await unblock("everyone", id);
    revalidatePath("/admin/abuse");
  },
});
