import { z } from "zod";
import { methods } from "@/lib/api/methods";
import { clientAddress } from "@/lib/auth/client-address";
import { consume } from "@/lib/auth/rate-limit";
import { isSameOrigin } from "@/lib/auth/same-origin";
import { askForProof } from "@/lib/booking/ask-for-proof";
import { readBoundedJson } from "@/lib/input/bounded-body";
import { parseInput } from "@/lib/input/parse";

const page = z.strictObject({ handle: z.string().max(63), slug: z.string().max(63) });

const bodyMaxBytes = 1_000;

/** Our own page asks whether its form needs a proof of work: the puzzle, or nothing. */
async function puzzle(request: Request): Promise<Response> {
  const headers = { "Cache-Control": "no-store" };
  const nothing = new Response(null, { status: 204, headers });
  const address = clientAddress(request.headers);
  if (!isSameOrigin(request.headers) || !(await consume("publicRead", address)).ok) return nothing;
  const asked = parseInput(page, await readBoundedJson(request, bodyMaxBytes));
  const challenge = asked.ok ? await askForProof(asked.value, address) : null;
  return challenge ? Response.json(challenge, { headers }) : nothing;
}

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({ POST: puzzle });
