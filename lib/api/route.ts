/**
 * What every route of the REST API goes through: key, pace, reading, idempotency, and RFC 9457 for whatever is not well.
 * A route file joins endpoints with their use cases and does nothing else.
 */
import { randomUUID } from "node:crypto";
import { answer, problem } from "@/lib/api/answer";
import type { Method } from "@/lib/api/endpoint";
import type { Reply } from "@/lib/api/idempotency";
import type { Served } from "@/lib/api/serve";

type Handler = (
  request: Request,
  context: { params: Promise<Record<string, string | string[] | undefined>> },
) => Promise<Response>;

type HttpMethod = Method | "HEAD" | "OPTIONS";
type Handlers = Record<HttpMethod, Handler>;

/** The exports of a route file: all methods, so that those it does not serve are refused in our own words. */
export function route(...served: Served[]): Handlers {
  const known = served.map(({ endpoint }) => endpoint.method);
  const allow = [...known, ...(known.includes("GET") ? ["HEAD"] : []), "OPTIONS"].join(", ");
  const isPublic = served.every(({ endpoint }) => endpoint.access === "public");
  const standing = { ...(isPublic ? corsHeaders : {}), "Cache-Control": "no-store" };
  const preflight = isPublic ? { "Access-Control-Allow-Methods": allow, ...preflightHeaders } : {};

  const handlerOf = (method: HttpMethod): Handler => {
    if (method === "OPTIONS") {
      const headers = { Allow: allow, ...standing, ...preflight };
      return async () => new Response(null, { status: 204, headers });
    }
    if (method === "HEAD") return withoutBody(handlerOf("GET"));
    const entry = served.find(({ endpoint }) => endpoint.method === method);
    return async (request, context) => {
      const requestId = randomUUID();
      const { reply, headers } = entry
        ? await answer(entry, request, context.params, requestId)
        : { ...problem({ code: "method_not_allowed" }), headers: { Allow: allow } };
      return toResponse(reply, { ...standing, "X-Request-Id": requestId, ...headers });
    };
  };
  return allMethods(handlerOf);
}

/** For addresses below /api/v1 that nothing serves. */
export const nowhere: Handlers = allMethods((method) => {
  const handler: Handler = async () =>
    toResponse(problem({ code: "not_found" }).reply, { "Cache-Control": "no-store" });
  return method === "HEAD" ? withoutBody(handler) : handler;
});

function allMethods(handlerOf: (method: HttpMethod) => Handler): Handlers {
  return {
    GET: handlerOf("GET"),
    HEAD: handlerOf("HEAD"),
    POST: handlerOf("POST"),
    PUT: handlerOf("PUT"),
    PATCH: handlerOf("PATCH"),
    DELETE: handlerOf("DELETE"),
    OPTIONS: handlerOf("OPTIONS"),
  };
}

function withoutBody(handler: Handler): Handler {
  return async (request, context) => {
    const { status, headers } = await handler(request, context);
    return new Response(null, { status, headers });
  };
}

/** Public addresses may be called by any site's pages; no cookie or key is ever asked for there. */
const corsHeaders = {
  "Access-Control-Allow-Origin": "*",
  "Access-Control-Expose-Headers": "ETag, Idempotency-Replayed, Retry-After, X-Request-Id",
};
const preflightHeaders = {
  "Access-Control-Allow-Headers": "Content-Type, Idempotency-Key, If-None-Match",
  "Access-Control-Max-Age": "86400",
};

function toResponse({ status, contentType, body }: Reply, headers: Record<string, string>): Response {
  if (status === 204 || status === 304) return new Response(null, { status, headers });
  return new Response(body, { status, headers: { ...headers, "Content-Type": contentType } });
}
