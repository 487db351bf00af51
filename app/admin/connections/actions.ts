"use server";

import { revalidatePath } from "next/cache";
import { headers } from "next/headers";
import { z } from "zod";
import type { RemindState } from "@/components/admin/remind-form";
import type { DiagnosisState } from "@/components/connections/diagnosis-state";
import { refuseDiagnosis, tellDiagnosis } from "@/components/connections/diagnosis-words";
import { requireAdmin } from "@/lib/auth/guards";
import { isSameOrigin } from "@/lib/auth/same-origin";
import { translator } from "@/lib/i18n/translator";
import { remindToReconnect } from "@/lib/meetings/remind";
import { diagnose } from "@/lib/meetings/teams/diagnose";

const idSchema = z.uuid();

/** Looks at anybody's connection. */
export async function diagnoseOrganizer(_state: DiagnosisState, formData: FormData): Promise<DiagnosisState> {
  if (!isSameOrigin(await headers())) return refuseDiagnosis(translator("auth")("form.foreignOrigin"));
  await requireAdmin();
  const userId = idSchema.parse(formData.get("userId"));
  const steps = await diagnose(userId);
  revalidatePath("/admin/connections", "layout");
  return tellDiagnosis(steps, new Date());
}

/** As many as stand on a page. */
const mostAtOnce = 100;

/** Writes to the chosen organizers, or to all that are named as standing on the page. */
export async function remindOrganizers(_state: RemindState, formData: FormData): Promise<RemindState> {
  const refuse = (message: string): RemindState => ({ status: "refused", message });
  if (!isSameOrigin(await headers())) return refuse(translator("auth")("form.foreignOrigin"));
  await requireAdmin();
  const words = translator("admin");
  const asked = formData.getAll(formData.get("whom") === "page" ? "onPage" : "userId");
  const userIds = asked.filter((id) => idSchema.safeParse(id).success).slice(0, mostAtOnce);
  if (userIds.length === 0) return refuse(words("connections.noneChosen"));
  const done = await remindToReconnect(userIds.map(String));
  revalidatePath("/admin/connections", "layout");
  return { status: "done", message: words("connections.reminded", { ...done }) };
}
