import { describeProblem } from "@/lib/api/problem";
import { verifyApiKey } from "@/lib/auth/api-keys";
import { clientAddress, isLoopback } from "@/lib/auth/client-address";
import { consume } from "@/lib/auth/rate-limit";
import { env } from "@/lib/config/env";
import { readMetrics } from "@/lib/health/metrics";

/**
 * The metrics of this process, for an admin's API key; without one for programs on this machine itself, where no proxy could hide who
 * asks. Throws when the database does not answer.
 */
export async function answerMetrics(headers: Headers): Promise<Response> {
  const refusal = await refuse(headers);
  if (refusal) return refusal;
  const { text, contentType } = await readMetrics();
  return new Response(text, { headers: { "Content-Type": contentType, "Cache-Control": "no-store" } });
}

async function refuse(headers: Headers): Promise<Response | null> {
  const key = /^Bearer +(\S+)$/i.exec(headers.get("authorization") ?? "")?.[1];
  if (!key && env().TRUST_PROXY === 0 && isLoopback(headers)) return null;
  const caller = key ? await verifyApiKey(key) : null;
  if (caller?.role === "admin") return null;
  if (caller) return problemResponse("forbidden", {});
  const allowed = await consume("apiKeyFailure", clientAddress(headers));
  if (!allowed.ok) {
    return problemResponse("rate_limited", { "Retry-After": String(allowed.retryAfterSeconds) });
  }
  return problemResponse("unauthorized", {
    "WWW-Authenticate": 'Bearer realm="Bellhop metrics, admins only"',
  });
}

function problemResponse(
  code: "unauthorized" | "forbidden" | "rate_limited",
  headers: Record<string, string>,
): Response {
  const document = describeProblem(code);
  return Response.json(document, {
    status: document.status,
    headers: { "Content-Type": "application/problem+json", "Cache-Control": "no-store", ...headers },
  });
}
