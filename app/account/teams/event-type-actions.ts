"use server";

import { revalidatePath } from "next/cache";
import { redirect } from "next/navigation";
import { z } from "zod";
import { requireTeam } from "@/app/account/teams/require-team";
import { createBookingLink, revokeBookingLink } from "@/lib/booking/booking-links";
import { changeEventTypeValues } from "@/lib/event-types/form";
import { readLanguageForm, toOwnWords } from "@/lib/event-types/form-languages";
import { ownWordsForm } from "@/lib/event-types/schema";
import type { Locale } from "@/lib/i18n/languages";
import { translator } from "@/lib/i18n/translator";
import { describeIssue } from "@/lib/input/describe";
import { toFormValues } from "@/lib/input/form-values";
import { line } from "@/lib/input/text";
import { buttonAction, type FormOutcome, formAction, formActionFor } from "@/lib/reader/action";
import { changeTeamEventType, createTeamEventType, removeTeamEventType } from "@/lib/teams/event-types";
import { readTeamEventTypeValues } from "@/lib/teams/form";
import { teamEventTypeChange, teamEventTypeInput } from "@/lib/teams/schema";

const inTheTeam = ({ teamId = "" }: Readonly<Record<string, string>>) => requireTeam(teamId);

const editor = {
  guard: inTheTeam,
  read: (formData: FormData) => readTeamEventTypeValues(toFormValues(formData)),
  redraw: changeEventTypeValues,
};

export const addTeamEventType = formActionFor({
  ...editor,
  schema: teamEventTypeInput,
  run: async (input, { who, locale }) =>
    outcomeOf(await createTeamEventType(who.team, input), who.team.teamId, locale),
});

/** Only what the form shows is changed; the rest stays as the API or a newer form has set it. */
export const saveTeamEventType = formActionFor({
  ...editor,
  schema: teamEventTypeChange,
  run: async (input, { id, who, locale }) =>
    outcomeOf(await changeTeamEventType(who.team, id, input), who.team.teamId, locale),
});

/** One language's words; the event type itself stays as it is. */
export const saveTeamLanguage = formAction({
  guard: inTheTeam,
  schema: ownWordsForm,
  read: readLanguageForm,
  async run(input, { who, locale }) {
    const { eventTypeId, language } = input;
    const change = { translations: { [language]: toOwnWords(input) } };
    const saved = await changeTeamEventType(who.team, eventTypeId, change);
    const words = translator("event-types", locale);
    if (!saved.ok) {
      const { code } = saved.error;
      const isRefused = code === "forbidden";
      return {
        status: "refused",
        message: isRefused ? translator("teams", locale)("settings.readOnly") : words("editor.gone"),
      };
    }
    revalidatePath("/account", "layout");
    return { status: "done", message: words("languages.saved") };
  },
});

export const deleteTeamEventType = buttonAction({
  guard: inTheTeam,
  schema: z.object({ teamId: z.string(), eventTypeId: z.string() }),
  async run({ teamId, eventTypeId }, { who }) {
    const removed = await removeTeamEventType(who.team, eventTypeId);
    revalidatePath("/account/teams", "layout");
    redirect(`/account/teams/${teamId}?notice=${removed.ok ? "removed" : "gone"}`);
  },
});

const linksOf = (teamId: string, id: string) => `/account/teams/${teamId}/event-types/${id}/links`;

export const makeTeamLink = formAction({
  guard: inTheTeam,
  schema: z.object({ teamId: z.string(), eventTypeId: z.uuid(), name: line(120, 0) }),
  async run({ teamId, eventTypeId, name }, { who, locale }) {
    const words = translator("event-types", locale);
    const made = await createBookingLink(who.team, eventTypeId, { name });
    if (!made.ok) return { status: "refused", message: words("editor.gone") };
    revalidatePath(linksOf(teamId, eventTypeId));
    return { status: "done", message: words("links.made"), secret: made.value.url };
  },
});

export const takeTeamLinkBack = buttonAction({
  guard: inTheTeam,
  schema: z.object({ id: z.uuid(), teamId: z.string(), eventTypeId: z.uuid() }),
  async run({ id, teamId, eventTypeId }, { who }) {
    await revokeBookingLink(who.team, id);
    revalidatePath(linksOf(teamId, eventTypeId));
  },
});

function outcomeOf(
  saved: Awaited<ReturnType<typeof changeTeamEventType>>,
  teamId: string,
  locale: Locale,
): FormOutcome {
  if (saved.ok) {
    revalidatePath("/account/teams", "layout");
    redirect(`/account/teams/${teamId}?notice=saved`);
  }
  switch (saved.error.code) {
    case "slug_taken":
      return { status: "refused", errors: { slug: translator("event-types", locale)("editor.slugTaken") } };
    case "invalid_request":
      return {
        status: "refused",
        errors: Object.fromEntries(
          saved.error.issues.map((issue) => [issue.path, describeIssue(issue, locale)]),
        ),
      };
    case "forbidden":
      return { status: "refused", message: translator("teams", locale)("settings.readOnly") };
    case "not_found":
      return { status: "refused", message: translator("event-types", locale)("editor.gone") };
  }
}
