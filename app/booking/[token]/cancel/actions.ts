"use server";

import { headers } from "next/headers";
import { notFound, redirect } from "next/navigation";
import { clientAddress } from "@/lib/auth/client-address";
import { consume } from "@/lib/auth/rate-limit";
import { isSameOrigin } from "@/lib/auth/same-origin";
import { cancel } from "@/lib/booking/cancel";
import { getBookingByToken } from "@/lib/booking/queries";
import { cancelRequest } from "@/lib/booking/schema";
import { parseInput } from "@/lib/input/parse";

/** Cancels the booking behind a visitor's link and leads back to its page, which tells how it stands. */
export async function cancelVisit(formData: FormData): Promise<void> {
  const sent = await headers();
  if (!isSameOrigin(sent)) return;
  const token = String(formData.get("token"));
  const booking = await getBookingByToken(token);
  if (!booking) notFound();
  const allowance = await consume("visitorChange", clientAddress(sent));
  if (!allowance.ok) redirect(`/booking/${token}/cancel?wait=${Math.ceil(allowance.retryAfterSeconds / 60)}`);
  const request = parseInput(cancelRequest, { reason: String(formData.get("reason") ?? "") });
  if (!request.ok) redirect(`/booking/${token}/cancel?long=1`);
  // Whatever the outcome, the booking's page says it.
  await cancel({ bookingId: booking.id, by: "visitor", reason: request.value.reason });
  redirect(`/booking/${token}`);
}
