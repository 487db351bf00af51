import { methods } from "@/lib/api/methods";
import { describeProblem } from "@/lib/api/problem";
import { verifyApiKey } from "@/lib/auth/api-keys";
import { clientAddress, isLoopback } from "@/lib/auth/client-address";
import { consume } from "@/lib/auth/rate-limit";
import { env } from "@/lib/config/env";
import { readMetrics } from "@/lib/health/metrics";

export const dynamic = "force-dynamic";

/** For an admin's API key; without one for programs on this machine itself, where no proxy could hide who asks. */
async function read(request: Request): Promise<Response> {
  const refusal = await refuse(request.headers);
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

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({ GET: read, HEAD: read });
