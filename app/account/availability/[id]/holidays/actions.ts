"use server";

import { revalidatePath } from "next/cache";
import { redirect } from "next/navigation";
import { z } from "zod";
import type { FormState } from "@/lib/auth/form-state";
import { requireOrganizer } from "@/lib/auth/guards";
import type { Locale } from "@/lib/i18n/languages";
import { translator } from "@/lib/i18n/translator";
import { toFormValues } from "@/lib/input/form-values";
import { type FormOutcome, formAction } from "@/lib/reader/action";
import { getLocale } from "@/lib/reader/locale";
import { readHolidayValues } from "@/lib/schedules/holidays-form";
import { changeSchedule } from "@/lib/schedules/save";
import { scheduleChange } from "@/lib/schedules/schema";

const path = "/account/availability";

const save = (id: string, locale: Locale) =>
  formAction({
    guard: requireOrganizer,
    schema: z.strictObject({ holidays: scheduleChange.shape.holidays }),
    read: (formData) => ({ holidays: readHolidayValues(toFormValues(formData)) }),
    async run({ holidays = null }, { who }): Promise<FormOutcome> {
      const saved = await changeSchedule(who.scope, id, { holidays });
      if (!saved.ok)
        return { status: "refused", message: translator("availability", locale)("holidays.unknown") };
      revalidatePath(path, "layout");
      redirect(`${path}/${id}?notice=saved`);
    },
  });

/** Keeps which holidays a schedule closes. */
export async function saveHolidays(id: string, state: FormState, formData: FormData): Promise<FormState> {
  const locale = await getLocale();
  return save(id, locale)(state, formData);
}
