import type { NextRequest } from "next/server";
import { keepHandshakeCookie } from "@/app/api/handshake-cookie";
import { sendByPage, sendTo } from "@/app/api/send-to";
import { methods } from "@/lib/api/methods";
import { clientAddress } from "@/lib/auth/client-address";
import { aliasOf } from "@/lib/auth/own-address";
import { consume } from "@/lib/auth/rate-limit";
import { isSameOrigin } from "@/lib/auth/same-origin";
import {
  isBookingPage,
  startOwnCalendar,
  withOwnCalendarProblem,
  writeOwnCalendarCookie,
} from "@/lib/booking-page/own-calendar";
import { readZone } from "@/lib/format/places";
import { readBoundedBody } from "@/lib/input/bounded-body";
import { getLocale } from "@/lib/reader/locale";

const nothing = (status: number) => new Response(null, { status });

/** Sends a visitor to Microsoft, which asks whether this page may see when they're busy: `?returnTo=/handle/slug&timeZone=Europe/Paris`. */
async function show(request: NextRequest): Promise<Response> {
  const { searchParams } = request.nextUrl;
  const returnTo = searchParams.get("returnTo") ?? "";
  if (!isBookingPage(returnTo)) return nothing(400);
  const timeZone = readZone(searchParams.get("timeZone") ?? undefined) ?? "UTC";
  const allowance = await consume("signInStart", clientAddress(request.headers));
  const started = allowance.ok ? await startOwnCalendar(returnTo, timeZone, aliasOf(request.headers)) : null;
  if (!started) return sendTo(withOwnCalendarProblem(returnTo, "failed"));
  await keepHandshakeCookie(started.cookie);
  return sendByPage(started.redirectTo, await getLocale());
}

const bodyMaxBytes = 10_000;

/** Forgets it. */
async function forget(request: NextRequest): Promise<Response> {
  if (!isSameOrigin(request.headers)) return nothing(403);
  const sent = await readBoundedBody(request, bodyMaxBytes);
  const returnTo = new URLSearchParams(sent ? Buffer.from(sent).toString() : "").get("returnTo") ?? "";
  if (!isBookingPage(returnTo)) return nothing(400);
  const headers = { location: returnTo, "set-cookie": writeOwnCalendarCookie(returnTo, null) };
  return new Response(null, { status: 303, headers });
}

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({ GET: show, POST: forget });
