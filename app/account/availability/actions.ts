"use server";

import { revalidatePath } from "next/cache";
import { redirect } from "next/navigation";
import { z } from "zod";
import { requireOrganizer } from "@/lib/auth/guards";
import { translator } from "@/lib/i18n/translator";
import { toFormValues } from "@/lib/input/form-values";
import { buttonAction, formAction, formActionFor } from "@/lib/reader/action";
import { readScheduleValues, scheduleForm } from "@/lib/schedules/form";
import { changeScheduleValues } from "@/lib/schedules/form-rows";
import { addOutlookHours } from "@/lib/schedules/outlook-hours";
import { changeSchedule, createSchedule, removeSchedule } from "@/lib/schedules/save";

const path = "/account/availability";

const editor = {
  guard: () => requireOrganizer(),
  schema: scheduleForm,
  read: (formData: FormData) => readScheduleValues(toFormValues(formData)),
  redraw: changeScheduleValues,
};

export const addSchedule = formAction({
  ...editor,
  async run(input, { who }) {
    const added = await createSchedule(who.scope, { ...input, holidays: null });
    revalidatePath(path, "layout");
    redirect(added.ok ? `${path}/${added.value.id}?notice=saved` : path);
  },
});

export const saveSchedule = formActionFor({
  ...editor,
  async run(input, { id, who, locale }) {
    const saved = await changeSchedule(who.scope, id, input);
    if (!saved.ok) return { status: "refused", message: translator("availability", locale)("editor.gone") };
    revalidatePath(path, "layout");
    redirect(`${path}/${id}?notice=saved`);
  },
});

export const takeOutlookHours = buttonAction({
  guard: () => requireOrganizer(),
  schema: z.object({ requestKey: z.uuid() }),
  async run({ requestKey }, { who, locale }) {
    const added = await addOutlookHours(who.scope, locale, requestKey);
    revalidatePath(path, "layout");
    redirect(added.ok ? `${path}/${added.value.id}?notice=outlook` : `${path}?notice=${added.error.code}`);
  },
});

export const makeDefault = buttonAction({
  guard: () => requireOrganizer(),
  schema: z.object({ id: z.string() }),
  async run({ id }, { who }) {
    const changed = await changeSchedule(who.scope, id, { isDefault: true });
    revalidatePath(path, "layout");
    redirect(changed.ok ? `${path}/${id}?notice=default` : path);
  },
});

export const deleteSchedule = buttonAction({
  guard: () => requireOrganizer(),
  schema: z.object({ id: z.string() }),
  async run({ id }, { who }) {
    const removed = await removeSchedule(who.scope, id);
    revalidatePath(path, "layout");
    redirect(removed.ok ? `${path}?notice=removed` : `${path}/${id}?notice=${removed.error.code}`);
  },
});
