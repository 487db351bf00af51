"use server";

import { revalidatePath } from "next/cache";
import { redirect } from "next/navigation";
import { z } from "zod";
import { requireOrganizer } from "@/lib/auth/guards";
import { changeEventTypeValues, readEventTypeValues } from "@/lib/event-types/form";
import { readLanguageForm, toOwnWords } from "@/lib/event-types/form-languages";
import { locksField, withoutLocked } from "@/lib/event-types/locks";
import { addProposal, declineProposals, proposalNames } from "@/lib/event-types/proposals";
import { changeEventType, createEventType, removeEventType } from "@/lib/event-types/save";
import { eventTypeChange, eventTypeInput, ownWordsForm } from "@/lib/event-types/schema";
import type { Locale } from "@/lib/i18n/languages";
import { translator } from "@/lib/i18n/translator";
import { describeIssue } from "@/lib/input/describe";
import { toFormValues } from "@/lib/input/form-values";
import { buttonAction, type FormOutcome, formAction, formActionFor } from "@/lib/reader/action";

const listPath = "/account/event-types";

const editor = {
  guard: () => requireOrganizer(),
  read: (formData: FormData) => readEventTypeValues(toFormValues(formData)),
  redraw: changeEventTypeValues,
};

export const addEventType = formAction({
  ...editor,
  schema: eventTypeInput,
  run: async (input, { who, locale }) => outcomeOf(await createEventType(who.scope, input), locale),
});

/**
 * Only what the form shows, and not as locked, is changed; the rest stays as the API, a newer form, or the team has set it. What has been
 * locked since then is refused.
 */
export const saveEventType = formActionFor({
  ...editor,
  read: (formData: FormData) => {
    const values = toFormValues(formData);
    return withoutLocked(readEventTypeValues(values), (values[locksField] ?? "").split(" "));
  },
  schema: eventTypeChange,
  run: async (input, { id, who, locale }) => outcomeOf(await changeEventType(who.scope, id, input), locale),
});

/** One language's words; the event type itself stays as it is. */
export const saveLanguage = formAction({
  guard: () => requireOrganizer(),
  schema: ownWordsForm,
  read: readLanguageForm,
  async run(input, { who, locale }) {
    const { eventTypeId, language } = input;
    const change = { translations: { [language]: toOwnWords(input) } };
    return languageSaved(await changeEventType(who.scope, eventTypeId, change), locale);
  },
});

export const deleteEventType = buttonAction({
  guard: () => requireOrganizer(),
  schema: z.object({ id: z.string() }),
  async run({ id }, { who }) {
    const removed = await removeEventType(who.scope, id);
    revalidatePath(listPath, "layout");
    redirect(removed.ok ? `${listPath}?notice=removed` : listPath);
  },
});

export const addProposedEventType = buttonAction({
  guard: () => requireOrganizer(),
  schema: z.object({ name: z.enum(proposalNames) }),
  async run({ name }, { who, locale }) {
    await addProposal(who.scope, name, locale);
    revalidatePath(listPath, "layout");
    redirect(`${listPath}?notice=saved`);
  },
});

export const declineProposedEventTypes = buttonAction({
  guard: () => requireOrganizer(),
  schema: z.object({}),
  async run(_input, { who }) {
    await declineProposals(who.scope);
    revalidatePath(listPath, "layout");
    redirect(listPath);
  },
});

type Saved = Awaited<ReturnType<typeof changeEventType>>;

function languageSaved(saved: Saved, locale: Locale): FormOutcome {
  const words = translator("event-types", locale);
  if (!saved.ok) {
    // A team has locked them since the page was opened.
    const isLocked = saved.error.code === "invalid_request";
    return { status: "refused", message: words(isLocked ? "languages.locked" : "editor.gone") };
  }
  revalidatePath(listPath, "layout");
  return { status: "done", message: words("languages.saved") };
}

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
    case "invalid_request":
      return {
        status: "refused",
        errors: Object.fromEntries(
          saved.error.issues.map((issue) => [issue.path, describeIssue(issue, locale)]),
        ),
      };
    case "not_found":
      return { status: "refused", message: words("editor.gone") };
  }
}
