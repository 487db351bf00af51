"use server";

import { z } from "zod";
import { requireAdmin } from "@/lib/auth/guards";
import { translator } from "@/lib/i18n/translator";
import { revealLink } from "@/lib/outbox/outbox";
import { formAction } from "@/lib/reader/action";

/** Shows the admin one link of a mail, where nothing else can bring it to whom it is for. */
export const showLink = formAction({
  guard: requireAdmin,
  schema: z.object({ id: z.string(), place: z.coerce.number().int().min(0) }),
  async run({ id, place }, { locale }) {
    const words = translator("account", locale);
    const secret = await revealLink(id, place);
    return secret
      ? { status: "done", message: words("outbox.shown"), secret }
      : { status: "refused", message: words("outbox.linkGone") };
  },
});
