"use server";

import { revalidatePath } from "next/cache";
import { z } from "zod";
import { requireTeam } from "@/app/account/teams/require-team";
import { lockNames } from "@/lib/event-types/locks";
import type { Locale } from "@/lib/i18n/languages";
import { translator } from "@/lib/i18n/translator";
import { describeIssue } from "@/lib/input/describe";
import { type FormOutcome, formAction } from "@/lib/reader/action";
import { changeCopies } from "@/lib/teams/copies";

const inTheTeam = ({ teamId = "" }: Readonly<Record<string, string>>) => requireTeam(teamId);

const ofEventType = { teamId: z.string(), eventTypeId: z.string() };

/** What of a list is ticked: each box is a field of its own. */
function tickedOf(formData: FormData, list: string): string[] {
  const names = [...formData.keys()].filter((name) => name.startsWith(`${list}.`));
  return names.map((name) => name.slice(list.length + 1));
}

export const saveCopyHolders = formAction({
  guard: inTheTeam,
  schema: z.object({ ...ofEventType, holders: z.array(z.uuid()) }),
  read: (formData) => ({
    teamId: formData.get("teamId"),
    eventTypeId: formData.get("eventTypeId"),
    holders: tickedOf(formData, "holders"),
  }),
  run: async ({ eventTypeId, holders }, { who, locale }) =>
    outcomeOf(await changeCopies(who.team, eventTypeId, { holders }), locale),
});

export const saveLocks = formAction({
  guard: inTheTeam,
  schema: z.object({
    ...ofEventType,
    locked: z.array(z.enum(lockNames)),
    leaving: z.enum(["stay", "go"]),
  }),
  read: (formData) => ({
    teamId: formData.get("teamId"),
    eventTypeId: formData.get("eventTypeId"),
    locked: tickedOf(formData, "locked"),
    leaving: formData.get("leaving"),
  }),
  run: async ({ eventTypeId, locked, leaving }, { who, locale }) =>
    outcomeOf(await changeCopies(who.team, eventTypeId, { locked, copiesStay: leaving === "stay" }), locale),
});

function outcomeOf(saved: Awaited<ReturnType<typeof changeCopies>>, locale: Locale): FormOutcome {
  revalidatePath("/account", "layout");
  const words = translator("teams", locale);
  if (saved.ok) return { status: "done", message: words("settings.saved") };
  switch (saved.error.code) {
    case "forbidden":
      return { status: "refused", message: words("settings.readOnly") };
    case "not_found":
      return { status: "refused", message: translator("event-types", locale)("editor.gone") };
    // Someone has left since the page was opened.
    case "invalid_request":
      return {
        status: "refused",
        message: saved.error.issues.map((issue) => describeIssue(issue, locale)).join(" "),
      };
  }
}
