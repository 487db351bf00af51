"use server";

import { redirect } from "next/navigation";
import { z } from "zod";
import { confirmByLink } from "@/lib/booking/confirm";
import { anyone, buttonAction, minutesOf } from "@/lib/reader/action";

const pageOf = (token = "") => `/confirm/${encodeURIComponent(token)}`;

/** Confirms a booking by its mailed link and leads back to its page, which shows its status. */
export const confirmVisit = buttonAction({
  guard: anyone,
  limit: "visitorChange",
  schema: z.object({ token: z.string().max(200) }),
  async run({ token }) {
    await confirmByLink(token);
    redirect(pageOf(token));
  },
  async refuse(refusal, { token }) {
    if (refusal.code === "rate_limited")
      redirect(`${pageOf(token)}?wait=${minutesOf(refusal.retryAfterSeconds)}`);
  },
});
