"use server";

import { revalidatePath } from "next/cache";
import { redirect } from "next/navigation";
import { z } from "zod";
import { requireOrganizer } from "@/lib/auth/guards";
import { answerDrift, driftAnswers } from "@/lib/calendar-sync/answer-drift";
import { buttonAction } from "@/lib/reader/action";

export const answer = buttonAction({
  guard: () => requireOrganizer(),
  schema: z.object({ driftId: z.uuid(), answer: z.enum(driftAnswers) }),
  async run({ driftId, answer: word }, { who }) {
    const answered = await answerDrift({ driftId, scope: who.scope, answer: word });
    if (!answered.ok) redirect(`/account/bookings/drift?refused=${answered.error.code}`);
    revalidatePath("/account/bookings", "layout");
  },
});
