"use server";

import { revalidatePath } from "next/cache";
import { redirect } from "next/navigation";
import { z } from "zod";
import { requireOrganizer } from "@/lib/auth/guards";
import type { ReportLine } from "@/lib/imports/import-account";
import { dropUpload, importUpload } from "@/lib/imports/uploads";
import { buttonAction } from "@/lib/reader/action";

const page = "/account/event-types/import";
const named = z.object({ id: z.uuid() });

/** Does what the report of this file has said. */
export const importNow = buttonAction({
  guard: () => requireOrganizer(page),
  schema: named,
  async run({ id }, { who }) {
    const imported = await importUpload(who.scope, id);
    if (!imported.ok) redirect(`${page}?problem=${imported.error.code}`);
    revalidatePath("/account", "layout");
    const { schedules, eventTypes, bookings } = imported.value;
    const all = [...schedules, ...eventTypes, ...bookings];
    const counts = {
      schedules: count(schedules, "new"),
      eventTypes: count(eventTypes, "new"),
      bookings: count(bookings, "new"),
      refused: count(all, "refused"),
    };
    redirect(`${page}?${new URLSearchParams({ done: "1", ...counts })}`);
  },
});

const count = (lines: readonly ReportLine[], wanted: ReportLine["outcome"]) =>
  `${lines.filter(({ outcome }) => outcome === wanted).length}`;

export const forget = buttonAction({
  guard: () => requireOrganizer(page),
  schema: named,
  async run({ id }, { who }) {
    await dropUpload(who.scope, id);
    redirect(page);
  },
});
