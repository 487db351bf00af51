"use server";

import { revalidatePath } from "next/cache";
import { z } from "zod";
import { requireOrganizer } from "@/lib/auth/guards";
import { blockSenders, unblock } from "@/lib/booking/block-sender";
import { translator } from "@/lib/i18n/translator";
import { buttonAction, formAction } from "@/lib/reader/action";
import { blockForm, toBlockValue } from "@/lib/shield/block-schema";

const guard = () => requireOrganizer();

export const addBlock = formAction({
  guard,
  schema: blockForm,
  async run(input, { who, locale }) {
    const words = translator("blocks", locale);
    const blocked = await blockSenders(who.scope, toBlockValue(input));
    if (!blocked.ok) return { status: "refused", message: words("add.tooMany") };
    revalidatePath("/account/bookings", "layout");
    const { block, rejected } = blocked.value;
    return { status: "done", message: words("add.done", { value: block.value, rejected }) };
  },
});

export const removeBlock = buttonAction({
  guard,
  schema: z.object({ id: z.uuid() }),
  async run({ id }, { who }) {
    await unblock(who.scope, id);
    revalidatePath("/account/bookings", "layout");
  },
});
