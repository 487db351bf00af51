"use server";

import { revalidatePath } from "next/cache";
import { z } from "zod";
import { requireTeam } from "@/app/account/teams/require-team";
import { lockNames } from "@/lib/event-types/locks";
import type { Locale } from "@/lib/i18n/languages";
import { translator } from "@/lib/i18n/translator";
import { type FormOutcome, formAction } from "@/lib/reader/action";
import { setCopyHolders, setLocks } from "@/lib/teams/copies";

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
    outcomeOf(await setCopyHolders(who.team, eventTypeId, holders), locale),
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
    outcomeOf(await setLocks(who.team, eventTypeId, { locked, copiesStay: leaving === "stay" }), locale),
});

function outcomeOf(saved: Awaited<ReturnType<typeof setLocks>>, locale: Locale): FormOutcome {
  revalidatePath("/account", "layout");
  const words = translator("teams", locale);
  if (saved.ok) return { status: "done", message: words("settings.saved") };
  return saved.error.code === "forbidden"
    ? { status: "refused", message: words("settings.readOnly") }
    : { status: "refused", message: translator("event-types", locale)("editor.gone") };
}
