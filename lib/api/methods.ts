/** Which methods an address answers, and the refusal of all others: 405 with `Allow`, as a problem document. */
import { describeProblem } from "@/lib/api/problem";

/** Set by our HTTP server in place of a method that Next.js has no handler for, such as LOCK; it sends such a request as OPTIONS. */
export const methodHeader = "x-bellhop-method";

const all = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"] as const;

export type HttpMethod = (typeof all)[number];

type Context = { params: Promise<Record<string, string | string[] | undefined>> };
export type Handler = (request: Request, context: Context) => Promise<Response>;
export type Handlers = Record<HttpMethod, Handler>;

/** The exports of a route file: a handler for every method. */
export function forAllMethods(handlerOf: (method: HttpMethod) => Handler): Handlers {
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

/** What `Allow` says where these methods are served. */
export function allowOf(served: readonly HttpMethod[]): string {
  return all.filter((method) => method === "OPTIONS" || served.includes(method)).join(", ");
}

/** Answers OPTIONS, and refuses what came in its place. */
export function optionsHandler(allow: string, headers: Record<string, string> = {}): Handler {
  return async (request) =>
    request.headers.has(methodHeader)
      ? refuseMethod(allow, headers)
      : new Response(null, { status: 204, headers: { Allow: allow, ...headers } });
}

function refuseMethod(allow: string, headers: Record<string, string> = {}): Response {
  const document = describeProblem("method_not_allowed");
  return new Response(JSON.stringify(document), {
    status: document.status,
    headers: { ...headers, Allow: allow, "Content-Type": "application/problem+json" },
  });
}

export function withoutBody(handler: Handler): Handler {
  return async (request, context) => {
    const { status, headers } = await handler(request, context);
    return new Response(null, { status, headers });
  };
}

// biome-ignore lint/suspicious/noExplicitAny: each route's own arguments
type Served = Partial<Record<HttpMethod, (...given: any) => Response | Promise<Response>>>;

type Refused = (request: Request) => Promise<Response>;

/**
 * The exports of a route outside the REST API: what it serves, and a refusal of everything else. HEAD has to be named: a GET that does
 * something must not be done by it.
 */
export function methods<const Own extends Served>(
  own: Own,
): Own & Record<Exclude<HttpMethod, keyof Own>, Refused> {
  const allow = allowOf(Object.keys(own) as HttpMethod[]);
  const baseHeaders = { "Cache-Control": "no-store" };
  const refusals = forAllMethods((method) => {
    if (method === "OPTIONS") return optionsHandler(allow, baseHeaders);
    const refuse: Handler = async () => refuseMethod(allow, baseHeaders);
    return method === "HEAD" ? withoutBody(refuse) : refuse;
  });
  return { ...refusals, ...own } as ReturnType<typeof methods<Own>>;
}
