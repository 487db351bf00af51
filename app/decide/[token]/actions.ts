"use server";

import { redirect } from "next/navigation";
import { z } from "zod";
import { decideByLink } from "@/lib/booking/decision-links";
import { cancelRequest } from "@/lib/booking/schema";
import { anyone, buttonAction, minutesOf } from "@/lib/reader/action";

const pageOf = (token = "") => `/decide/${encodeURIComponent(token)}`;

/** Decides a booking by a mailed link and leads back to its page, which shows its status. */
export const decideByMail = buttonAction({
  guard: anyone,
  limit: "visitorChange",
  schema: cancelRequest.extend({ token: z.string(), revision: z.coerce.number() }),
  async run({ token, reason, revision }) {
    const decided = await decideByLink({ token, reason, seenRevision: revision });
    redirect(!decided.ok && decided.error.code === "moved" ? `${pageOf(token)}?moved=1` : pageOf(token));
  },
  async refuse(refusal, { token }) {
    if (refusal.code === "rate_limited")
      redirect(`${pageOf(token)}?wait=${minutesOf(refusal.retryAfterSeconds)}`);
    if (refusal.code === "invalid_input") redirect(`${pageOf(token)}?long=1`);
  },
});
