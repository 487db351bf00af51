"use server";

import { revalidatePath } from "next/cache";
import { redirect } from "next/navigation";
import { z } from "zod";
import { requireOrganizer } from "@/lib/auth/guards";
import { translator } from "@/lib/i18n/translator";
import { toFormValues } from "@/lib/input/form-values";
import { formActionFor } from "@/lib/reader/action";
import { readHolidayValues } from "@/lib/schedules/holidays-form";
import { changeSchedule } from "@/lib/schedules/save";
import { scheduleChange } from "@/lib/schedules/schema";

const path = "/account/availability";

/** Keeps which holidays a schedule closes. */
export const saveHolidays = formActionFor({
  guard: () => requireOrganizer(),
  schema: z.strictObject({ holidays: scheduleChange.shape.holidays }),
  read: (formData) => ({ holidays: readHolidayValues(toFormValues(formData)) }),
  async run({ holidays = null }, { id, who, locale }) {
    const saved = await changeSchedule(who.scope, id, { holidays });
    if (!saved.ok)
      return { status: "refused", message: translator("availability", locale)("holidays.unknown") };
    revalidatePath(path, "layout");
    redirect(`${path}/${id}?notice=saved`);
  },
});
