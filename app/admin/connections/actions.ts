"use server";

import { revalidatePath } from "next/cache";
import { headers } from "next/headers";
import { notFound } from "next/navigation";
import { z } from "zod";
import { readFleetQuery, toFilter } from "@/app/admin/connections/fleet-query";
import type { RemindState } from "@/components/admin/remind-form";
import type { DiagnosisState } from "@/components/connections/diagnosis-state";
import { describeDiagnosis, refuseDiagnosis } from "@/components/connections/diagnosis-words";
import { requireAdmin, requireAdminOver } from "@/lib/auth/guards";
import { isSameOrigin } from "@/lib/auth/same-origin";
import { listNeeding } from "@/lib/connections/fleet";
import { remindToReconnect } from "@/lib/connections/remind";
import { translator } from "@/lib/i18n/translator";
import { signInPort } from "@/lib/meetings/registry-sign-in";
import { getLocale } from "@/lib/reader/locale";

const idSchema = z.uuid();

/** Looks at anyone's connection. */
export async function diagnoseOrganizer(_state: DiagnosisState, formData: FormData): Promise<DiagnosisState> {
  const locale = await getLocale();
  if (!isSameOrigin(await headers()))
    return refuseDiagnosis(translator("auth", locale)("form.foreignOrigin"));
  await requireAdmin();
  const userId = idSchema.safeParse(formData.get("userId")).data;
  if (!userId) notFound();
  const steps = await signInPort("teams").diagnose(await requireAdminOver(userId));
  revalidatePath("/admin/connections", "layout");
  return describeDiagnosis(steps, new Date(), locale);
}

/** More than stand on a page. */
const maxChosen = 100;

/** Writes to the chosen organizers, or to all whom the filter finds, on whatever page they stand. */
export async function remindOrganizers(_state: RemindState, formData: FormData): Promise<RemindState> {
  const locale = await getLocale();
  const refuse = (message: string): RemindState => ({ status: "refused", message });
  if (!isSameOrigin(await headers())) return refuse(translator("auth", locale)("form.foreignOrigin"));
  await requireAdmin();
  const words = translator("admin", locale);
  const toAll = formData.get("whom") === "all";
  const userIds = toAll ? await listNeeding(filterOf(formData)) : listChosen(formData);
  if (userIds.length === 0 && !toAll) return refuse(words("connections.noneChosen"));
  const done = await remindToReconnect(userIds);
  revalidatePath("/admin/connections", "layout");
  return { status: "done", message: words("connections.reminded", { ...done }) };
}

function listChosen(formData: FormData): string[] {
  const ids = formData.getAll("userId").flatMap((id) => idSchema.safeParse(id).data ?? []);
  return ids.slice(0, maxChosen);
}

/** The filter that the page was shown with travels in the form. */
function filterOf(formData: FormData) {
  const texts = [...formData].flatMap(([name, value]) => (typeof value === "string" ? [[name, value]] : []));
  return toFilter(readFleetQuery(Object.fromEntries(texts)));
}
