"use server";

import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { clientAddress } from "@/lib/auth/client-address";
import { consume } from "@/lib/auth/rate-limit";
import { isSameOrigin } from "@/lib/auth/same-origin";
import { decideByLink } from "@/lib/booking/decision-links";
import { cancelRequest } from "@/lib/booking/schema";
import { parseInput } from "@/lib/input/parse";

/** Decides a booking by a mailed link and leads back to its page, which tells how it stands. */
export async function decideByMail(formData: FormData): Promise<void> {
  const sent = await headers();
  if (!isSameOrigin(sent)) return;
  const token = String(formData.get("token"));
  const page = `/decide/${encodeURIComponent(token)}`;
  const allowance = await consume("visitorChange", clientAddress(sent));
  if (!allowance.ok) redirect(`${page}?wait=${Math.ceil(allowance.retryAfterSeconds / 60)}`);
  const request = parseInput(cancelRequest, { reason: String(formData.get("reason") ?? "") });
  if (!request.ok) redirect(`${page}?long=1`);
  const decided = await decideByLink({
    token,
    reason: request.value.reason,
    seenRevision: Number(formData.get("revision")),
  });
  redirect(!decided.ok && decided.error.code === "moved" ? `${page}?moved=1` : page);
}
