"use server";

import { revalidatePath } from "next/cache";
import { z } from "zod";
import { requireOrganizer } from "@/lib/auth/guards";
import { createBookingLink, revokeBookingLink } from "@/lib/booking/booking-links";
import { translator } from "@/lib/i18n/translator";
import { line } from "@/lib/input/text";
import { buttonAction, formAction } from "@/lib/reader/action";

const pathOf = (id: string) => `/account/event-types/${id}/links`;

export const makeLink = formAction({
  guard: () => requireOrganizer(),
  schema: z.object({ eventTypeId: z.uuid(), name: line(120, 0) }),
  async run({ eventTypeId, name }, { who, locale }) {
    const words = translator("event-types", locale);
    const made = await createBookingLink(who.scope, eventTypeId, { name });
    if (!made.ok) return { status: "refused", message: words("editor.gone") };
    revalidatePath(pathOf(eventTypeId));
    return { status: "done", message: words("links.made"), secret: made.value.url };
  },
});

export const takeLinkBack = buttonAction({
  guard: () => requireOrganizer(),
  schema: z.object({ id: z.uuid(), eventTypeId: z.uuid() }),
  async run({ id, eventTypeId }, { who }) {
    await revokeBookingLink(who.scope, id);
    revalidatePath(pathOf(eventTypeId));
  },
});
