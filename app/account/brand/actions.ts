"use server";

import { revalidatePath } from "next/cache";
import { z } from "zod";
import { readDefaults, saveBrand } from "@/lib/brand/save";
import { accent, brandName } from "@/lib/brand/schema";
import { translator } from "@/lib/i18n/translator";
import { paragraphs } from "@/lib/input/text";
import { formAction } from "@/lib/reader/action";
import { requireBrandOwner } from "@/lib/reader/brand-owner";

const empty = z.literal("").transform(() => null);

/** An organizer's, a team's or the server's. What is left empty is as the server's defaults. */
export const saveBrandAction = formAction({
  guard: ({ owner = "" }) => requireBrandOwner(owner),
  schema: z.object({
    name: empty.or(brandName).default(null),
    accent: z.string().trim().pipe(empty.or(accent)),
    welcome: paragraphs(1000),
    showsBellhop: z.string().optional(),
  }),
  async run({ showsBellhop, ...texts }, { who, locale }) {
    const words = translator("brand", locale);
    const isShown = showsBellhop !== undefined;
    const defaults = who.brand === "server" ? { showsBellhop: true } : await readDefaults("");
    const saved = await saveBrand(who.brand, {
      ...texts,
      showsBellhop: isShown === defaults.showsBellhop ? null : isShown,
    });
    if (!saved.ok) return { status: "refused", message: words("forbidden") };
    revalidatePath("/account", "layout");
    return { status: "done", message: words("saved") };
  },
});
