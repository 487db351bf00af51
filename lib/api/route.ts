/**
 * What every route of the REST API goes through: key, pace, reading, idempotency, and RFC 9457 for whatever is not well.
 * A route file joins endpoints with their use cases and does nothing else.
 */
import { randomUUID } from "node:crypto";
import { answer, problem } from "@/lib/api/answer";
import type { Reply } from "@/lib/api/idempotency";
import {
  allowOf,
  forAllMethods,
  type Handler,
  type Handlers,
  type HttpMethod,
  optionsHandler,
  withoutBody,
} from "@/lib/api/methods";
import type { Served } from "@/lib/api/serve";

/** The exports of a route file: all methods, so that those it does not serve are refused in our own words. */
export function route(...served: Served[]): Handlers {
  const known: HttpMethod[] = served.map(({ endpoint }) => endpoint.method);
  const allow = allowOf(known.includes("GET") ? [...known, "HEAD"] : known);
  const isPublic = served.every(({ endpoint }) => endpoint.access === "public");
  const baseHeaders = { ...(isPublic ? corsHeaders : {}), "Cache-Control": "no-store" };
  const preflight = isPublic ? { "Access-Control-Allow-Methods": allow, ...preflightHeaders } : {};

  const handlerOf = (method: HttpMethod): Handler => {
    if (method === "OPTIONS") return optionsHandler(allow, { ...baseHeaders, ...preflight });
    if (method === "HEAD") return withoutBody(handlerOf("GET"));
    const entry = served.find(({ endpoint }) => endpoint.method === method);
    return async (request, context) => {
      const requestId = randomUUID();
      const { reply, headers } = entry
        ? await answer(entry, request, context.params, requestId)
        : { ...problem({ code: "method_not_allowed" }), headers: { Allow: allow } };
      return toResponse(reply, { ...baseHeaders, "X-Request-Id": requestId, ...headers });
    };
  };
  return forAllMethods(handlerOf);
}

/** For addresses below /api that nothing serves. */
export const nowhere: Handlers = forAllMethods((method) => {
  const handler: Handler = async () =>
    toResponse(problem({ code: "not_found" }).reply, { "Cache-Control": "no-store" });
  return method === "HEAD" ? withoutBody(handler) : handler;
});

/** Public addresses may be called by any site's pages; no cookie or key is ever asked for there. */
const corsHeaders = {
  "Access-Control-Allow-Origin": "*",
  "Access-Control-Expose-Headers":
    "ETag, Idempotency-Replayed, RateLimit, RateLimit-Policy, Retry-After, X-Request-Id",
};
const preflightHeaders = {
  "Access-Control-Allow-Headers": "Content-Type, Idempotency-Key, If-None-Match",
  "Access-Control-Max-Age": "86400",
};

function toResponse({ status, contentType, body }: Reply, headers: Record<string, string>): Response {
  if (status === 204 || status === 304) return new Response(null, { status, headers });
  return new Response(body, { status, headers: { ...headers, "Content-Type": contentType } });
}
