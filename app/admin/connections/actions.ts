"use server";

import { revalidatePath } from "next/cache";
import { notFound } from "next/navigation";
import { z } from "zod";
import { readFleetQuery, toFilter } from "@/app/admin/connections/fleet-query";
import { noDiagnosis } from "@/components/connections/diagnosis-state";
import { describeDiagnosis } from "@/components/connections/diagnosis-words";
import { requireAdmin, requireAdminOver } from "@/lib/auth/guards";
import { listNeeding } from "@/lib/connections/fleet";
import { tryManaged } from "@/lib/connections/managed";
import { remindToReconnect } from "@/lib/connections/remind";
import { translator } from "@/lib/i18n/translator";
import { toFormValues } from "@/lib/input/form-values";
import { isId } from "@/lib/input/id";
import { signInPort } from "@/lib/meetings/registry-sign-in";
import { buttonAction, formAction } from "@/lib/reader/action";

/** Looks at anyone's connection. */
export const diagnoseOrganizer = formAction({
  guard: requireAdmin,
  blank: noDiagnosis,
  schema: z.object({ userId: z.string() }),
  async run({ userId }, { locale }) {
    if (!isId(userId)) notFound();
    const steps = await signInPort("teams").diagnose(await requireAdminOver(userId));
    revalidatePath("/admin/connections", "layout");
    return describeDiagnosis(steps, new Date(), locale);
  },
});

/** Tests someone's managed mailbox, or has Bellhop open it in place of their own grant. */
export const testManagedMailbox = buttonAction({
  guard: requireAdmin,
  schema: z.object({ userId: z.string().refine(isId), takesOver: z.enum(["true", "false"]) }),
  async run({ userId, takesOver }) {
    await requireAdminOver(userId);
    await tryManaged(userId, { takesOver: takesOver === "true" });
    revalidatePath("/admin/connections", "layout");
  },
});

/** More than stand on a page. */
const maxChosen = 100;

/** Writes to the chosen organizers, or to all whom the filter finds, on whatever page they stand. */
export const remindOrganizers = formAction({
  guard: requireAdmin,
  schema: z.object({
    toAll: z.boolean(),
    chosen: z.array(z.string()),
    // The filter that the page was shown with travels in the form.
    filter: z.record(z.string(), z.string()).transform((fields) => toFilter(readFleetQuery(fields))),
  }),
  read: (formData) => ({
    toAll: formData.get("whom") === "all",
    chosen: formData
      .getAll("userId")
      .filter((id) => typeof id === "string" && isId(id))
      .slice(0, maxChosen),
    filter: toFormValues(formData),
  }),
  async run({ toAll, chosen, filter }, { locale }) {
    const words = translator("admin", locale);
    const userIds = toAll ? await listNeeding(filter) : chosen;
    if (userIds.length === 0 && !toAll)
      return { status: "refused", message: words("connections.noneChosen") };
    const done = await remindToReconnect(userIds);
    revalidatePath("/admin/connections", "layout");
    return { status: "done", message: words("connections.reminded", { ...done }) };
  },
});
