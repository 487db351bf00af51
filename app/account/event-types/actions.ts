"use server";

import { revalidatePath } from "next/cache";
import { redirect } from "next/navigation";
import { z } from "zod";
import { type FormState, openForm } from "@/lib/auth/form-state";
import { requireOrganizer } from "@/lib/auth/guards";
import { changeEventTypeValues, readEventTypeValues } from "@/lib/event-types/form";
import { changeEventType, createEventType, removeEventType } from "@/lib/event-types/save";
import { eventTypeChange, eventTypeInput } from "@/lib/event-types/schema";
import type { Locale } from "@/lib/i18n/languages";
import { translator } from "@/lib/i18n/translator";
import { toFormValues } from "@/lib/input/form-values";
import { buttonAction, type FormOutcome, formAction } from "@/lib/reader/action";
import { getLocale } from "@/lib/reader/locale";

const listPath = "/account/event-types";

const read = (formData: FormData) => readEventTypeValues(toFormValues(formData));

const create = formAction({
  guard: requireOrganizer,
  schema: eventTypeInput,
  read,
  run: async (input, { who, locale }) => outcomeOf(await createEventType(who.scope, input), locale),
});

/** Only what the form shows is changed; the rest stays as the API or a newer form has set it. */
const change = (id: string, locale: Locale) =>
  formAction({
    guard: requireOrganizer,
    schema: eventTypeChange,
    read,
    run: async (input, { who }) => outcomeOf(await changeEventType(who.scope, id, input), locale),
  });

/** Saves the editor's form; another button of it only brings or takes a question. `id` is null for a new one. */
export async function saveEventType(
  id: string | null,
  state: FormState,
  formData: FormData,
): Promise<FormState> {
  const locale = await getLocale();
  const intent = formData.get("intent");
  if (typeof intent !== "string") return (id === null ? create : change(id, locale))(state, formData);
  return { ...openForm, values: changeEventTypeValues(toFormValues(formData), intent) };
}

export const deleteEventType = buttonAction({
  guard: requireOrganizer,
  schema: z.object({ id: z.string() }),
  async run({ id }, { who }) {
    const removed = await removeEventType(who.scope, id);
    revalidatePath(listPath, "layout");
    redirect(removed.ok ? `${listPath}?notice=removed` : listPath);
  },
});

type Saved = Awaited<ReturnType<typeof changeEventType>>;

function outcomeOf(saved: Saved, locale: Locale): FormOutcome {
  const words = translator("event-types", locale);
  if (saved.ok) {
    revalidatePath(listPath, "layout");
    redirect(`${listPath}?notice=saved`);
  }
  switch (saved.error.code) {
    case "slug_taken":
      return { status: "refused", errors: { slug: words("editor.slugTaken") } };
    case "unknown_schedule":
      return { status: "refused", errors: { scheduleId: words("editor.scheduleGone") } };
    case "not_found":
      return { status: "refused", message: words("editor.gone") };
  }
}
