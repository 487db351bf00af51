import type { z } from "zod";
import { actAs } from "@/lib/audit/acting";
import { clientAddress, originOf } from "@/lib/auth/client-address";
import { getOrganizer, isRecent, type SignedIn } from "@/lib/auth/guards";
import { consume } from "@/lib/auth/rate-limit";
import { isSameOrigin } from "@/lib/auth/same-origin";
import { translator } from "@/lib/i18n/translator";
import type { PasskeyRefused } from "@/lib/identities/passkey-ceremony";
import type { PasskeyPurpose } from "@/lib/identities/passkey-challenge";
import { readBoundedJson } from "@/lib/input/bounded-body";
import { parseInput } from "@/lib/input/parse";
import { getLocale } from "@/lib/reader/locale";

/** A passkey's answer has about a thousand bytes, a new one's with a certificate some more. */
const bodyMaxBytes = 100_000;

/** What our own script is told: what to do next, or where to go, or why not. */
export type PasskeyAnswer = { options: object } | { location: string } | { message: string };

/** An answer that nobody keeps. */
export function say(answer: PasskeyAnswer, status = 200): Response {
  return Response.json(answer, { status, headers: { "Cache-Control": "no-store" } });
}

export async function sayRefused(code: PasskeyRefused | "too_many_attempts" | "invalid"): Promise<Response> {
  const words = translator("auth", await getLocale());
  return say({ message: words(`passkey.refused.${code}`) }, code === "too_many_attempts" ? 429 : 403);
}

interface Ask<Body extends { purpose: PasskeyPurpose }> {
  request: Request;
  schema: z.ZodType<Body>;
  run: (body: Body, organizer: SignedIn | null) => Promise<Response>;
}

/** Lets our own page in, not too often, with someone signed in where that is needed: to add a passkey, recently. */
export async function answerPasskey<Body extends { purpose: PasskeyPurpose }>({
  request,
  schema,
  run,
}: Ask<Body>): Promise<Response> {
  if (!isSameOrigin(request.headers)) return new Response(null, { status: 403 });
  const allowance = await consume("passkey", clientAddress(request.headers));
  if (!allowance.ok) return sayRefused("too_many_attempts");
  const body = parseInput(schema, await readBoundedJson(request, bodyMaxBytes));
  if (!body.ok) return sayRefused("invalid");
  const organizer = body.value.purpose === "enter" ? null : await getOrganizer();
  if (body.value.purpose !== "enter") {
    if (!organizer) return say({ location: "/sign-in?returnTo=/account/security" });
    if (body.value.purpose === "add" && !isRecent(organizer)) {
      return say({ location: "/account/security/confirm?returnTo=/account/security" });
    }
  }
  const acting = { actorId: organizer?.id ?? null, from: originOf(request.headers) };
  return actAs(acting, () => run(body.value, organizer));
}
