"use server";

import { revalidatePath } from "next/cache";
import { redirect } from "next/navigation";
import { z } from "zod";
import { type FormState, openForm } from "@/lib/auth/form-state";
import { requireOrganizer } from "@/lib/auth/guards";
import type { Locale } from "@/lib/i18n/languages";
import { translator } from "@/lib/i18n/translator";
import { toFormValues } from "@/lib/input/form-values";
import { buttonAction, type FormOutcome, formAction } from "@/lib/reader/action";
import { getLocale } from "@/lib/reader/locale";
import { readScheduleValues, scheduleForm } from "@/lib/schedules/form";
import { changeScheduleValues } from "@/lib/schedules/form-rows";
import { changeSchedule, createSchedule, removeSchedule } from "@/lib/schedules/save";

const path = "/account/availability";

const save = (id: string | null, locale: Locale) =>
  formAction({
    guard: requireOrganizer,
    schema: scheduleForm,
    read: (formData) => readScheduleValues(toFormValues(formData)),
    async run(input, { who }): Promise<FormOutcome> {
      const saved = id ? await changeSchedule(who.scope, id, input) : null;
      if (saved && !saved.ok)
        return { status: "refused", message: translator("availability", locale)("editor.gone") };
      const schedule = saved ?? (await createSchedule(who.scope, { ...input, holidays: null }));
      revalidatePath(path, "layout");
      redirect(schedule.ok ? `${path}/${schedule.value.id}?notice=saved` : path);
    },
  });

/** Saves the editor's form; its other buttons only bring, take or copy hours and dates. `id` is null for a new one. */
export async function saveSchedule(
  id: string | null,
  state: FormState,
  formData: FormData,
): Promise<FormState> {
  const locale = await getLocale();
  const intent = formData.get("intent");
  if (typeof intent !== "string") return save(id, locale)(state, formData);
  return { ...openForm, values: changeScheduleValues(toFormValues(formData), intent) };
}

export const deleteSchedule = buttonAction({
  guard: requireOrganizer,
  schema: z.object({ id: z.string() }),
  async run({ id }, { who }) {
    const removed = await removeSchedule(who.scope, id);
    revalidatePath(path, "layout");
    redirect(removed.ok ? `${path}?notice=removed` : `${path}/${id}?notice=${removed.error.code}`);
  },
});
