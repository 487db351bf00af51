/** What every SCIM request goes through: its token, pace and body, and refusals in SCIM's own form (RFC 7644, 3.12). */
import { randomUUID } from "node:crypto";
import { actAs } from "@/lib/audit/acting";
import { clientAddress, originOf } from "@/lib/auth/client-address";
import { consume } from "@/lib/auth/rate-limit";
import { log, logWith } from "@/lib/config/log";
import { readBoundedJson } from "@/lib/input/bounded-body";
import type { Result } from "@/lib/result";
import { InvalidValue } from "@/lib/scim/attributes";
import { isScimToken } from "@/lib/scim/tokens";
import type { ScimRefusal } from "@/lib/scim/users";

const bodyMaxBytes = 256 * 1024;
const errorSchema = "urn:ietf:params:scim:api:messages:2.0:Error";

/** Answers a request that carries a token of ours; `work` gets its body, or null where it has none. */
export function answerScim(
  request: Request,
  route: string,
  work: (body: unknown) => Promise<Response>,
): Promise<Response> {
  return logWith({ requestId: randomUUID(), route: `${request.method} ${route}` }, async () => {
    try {
      const refusal = await refuseStranger(request);
      if (refusal) return refusal;
      const hasBody = request.method !== "GET" && request.method !== "DELETE";
      const body = hasBody ? await readBoundedJson(request, bodyMaxBytes) : null;
      if (hasBody && (typeof body !== "object" || body === null)) {
        return scimError(400, "The body isn't a JSON object of at most 256 KB.", "invalidSyntax");
      }
      return await actAs({ actorId: null, from: `scim ${originOf(request.headers)}` }, () => work(body));
    } catch (error) {
      if (error instanceof InvalidValue) return scimError(400, error.message, "invalidValue");
      log().error({ error }, "A SCIM request failed");
      return scimError(500, "Something failed on our side. The server's log says more.");
    }
  });
}

async function refuseStranger(request: Request): Promise<Response | null> {
  const token = /^Bearer +(\S+)$/i.exec(request.headers.get("authorization") ?? "")?.[1];
  if (token && (await isScimToken(token))) return null;
  const allowed = await consume("apiKeyFailure", clientAddress(request.headers));
  if (!allowed.ok) {
    const headers = { "Retry-After": String(allowed.retryAfterSeconds) };
    return scimError(429, "Too many requests with an unknown token.", undefined, headers);
  }
  const headers = { "WWW-Authenticate": 'Bearer realm="Bellhop SCIM"' };
  return scimError(
    401,
    "Send a provisioning token: the word Bearer, a space, then the token.",
    undefined,
    headers,
  );
}

/** An answer in SCIM's media type. */
export function scimJson(body: object, status = 200, headers: Record<string, string> = {}): Response {
  return new Response(JSON.stringify(body), {
    status,
    headers: {
      "Content-Type": "application/scim+json; charset=utf-8",
      "Cache-Control": "no-store",
      ...headers,
    },
  });
}

export function scimError(
  status: number,
  detail: string,
  scimType?: string,
  headers: Record<string, string> = {},
): Response {
  const body = { schemas: [errorSchema], status: String(status), detail, ...(scimType ? { scimType } : {}) };
  return scimJson(body, status, headers);
}

/** What came of a use case: `represent` writes what it answers. */
export function scimResult<Value>(
  result: Result<Value, ScimRefusal>,
  represent: (value: Value) => Response,
): Response {
  if (result.ok) return represent(result.value);
  const refused = result.error;
  switch (refused.code) {
    case "not_found":
      return scimError(404, "There's no such user.");
    case "uniqueness":
      return scimError(409, "Another user has this user name, external ID, or email address.", "uniqueness");
    case "invalid_value":
      return scimError(400, `The value of ${refused.attribute} isn't valid.`, "invalidValue");
    case "last_admin":
      return scimError(409, "This is the last admin. Make someone else an admin first.", "mutability");
  }
}
