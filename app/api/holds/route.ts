import { setImmediate, setTimeout } from "node:timers/promises";
import { cookies } from "next/headers";
import { z } from "zod";
import { methods } from "@/lib/api/methods";
import { clientAddress } from "@/lib/auth/client-address";
import { consume } from "@/lib/auth/rate-limit";
import { isSameOrigin } from "@/lib/auth/same-origin";
import { holdSlot, releaseHold } from "@/lib/booking/holds";
import { holdCookie, readHoldKey } from "@/lib/booking-page/hold-key";
import { readBoundedJson } from "@/lib/input/bounded-body";
import { parseInput } from "@/lib/input/parse";
import { instant } from "@/lib/input/time";

const holdRequest = z.strictObject({
  handle: z.string().max(63),
  slug: z.string().max(63),
  start: instant,
  durationMinutes: z.int().min(1).max(1440),
  link: z.string().max(100).optional(),
  host: z.string().max(63).optional(),
});

/** A request has about two hundred bytes. */
const bodyMaxBytes = 10_000;

const nothing = () => new Response(null, { status: 204, headers: { "Cache-Control": "no-store" } });

/** Our own page asks to hold the time its visitor has chosen: until when, or nothing. */
async function hold(request: Request): Promise<Response> {
  const address = clientAddress(request.headers);
  if (!isSameOrigin(request.headers) || !(await consume("hold", address)).ok) return nothing();
  const asked = parseInput(holdRequest, await readBoundedJson(request, bodyMaxBytes));
  if (!asked.ok) return nothing();
  // A browser that keeps no cookies would hide the slot from itself.
  const holder = readHoldKey((await cookies()).get(holdCookie)?.value);
  if (!holder) return nothing();
  const until = await holdSlot({ ...asked.value, start: Date.parse(asked.value.start), holder, address });
  if (until === null) return nothing();
  // The word that the visitor has gone may have come while the hold was still being made, and wait behind the database's answer.
  await setTimeout(0);
  await setImmediate();
  if (request.signal.aborted) {
    await releaseHold(holder, Date.parse(asked.value.start));
    return nothing();
  }
  return Response.json(
    { until: new Date(until).toISOString(), forMs: until - Date.now() },
    { headers: { "Cache-Control": "no-store" } },
  );
}

/** The visitor has gone. */
async function letGo(request: Request): Promise<Response> {
  const holder = readHoldKey((await cookies()).get(holdCookie)?.value);
  if (holder && isSameOrigin(request.headers)) await releaseHold(holder);
  return nothing();
}

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({ POST: hold, DELETE: letGo });
