"use server";

import { z } from "zod";
import { requireAdmin } from "@/lib/auth/guards";
import { translator } from "@/lib/i18n/translator";
import { revealLink } from "@/lib/outbox/outbox";
import { formAction } from "@/lib/reader/action";
import { getLocale } from "@/lib/reader/locale";

/** Shows the admin one link of a mail, where nothing else can bring it to whom it is for. */
export const showLink = formAction({
  guard: requireAdmin,
  schema: z.object({ id: z.string(), place: z.coerce.number().int().min(0) }),
  async run({ id, place }, { who }) {
    const words = translator("account", await getLocale());
    const secret = await revealLink(id, place, who.id);
    return secret
      ? { status: "done", message: words("outbox.shown"), secret }
      : { status: "refused", message: words("outbox.linkGone") };
  },
});
