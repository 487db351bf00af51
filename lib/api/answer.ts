import { setTimeout } from "node:timers/promises";
import type { Endpoint } from "@/lib/api/endpoint";
import { identityOf, once, type Reply, type Ticket, ticketOf } from "@/lib/api/idempotency";
import { describeProblem, type ProblemCode, type ProblemFacts } from "@/lib/api/problem";
import { readRequest } from "@/lib/api/read-request";
import { Rendered } from "@/lib/api/rendered";
import type { Served } from "@/lib/api/serve";
import { actAs } from "@/lib/audit/acting";
import { type KeyHolder, verifyApiKey } from "@/lib/auth/api-keys";
import { clientAddress, originOf } from "@/lib/auth/client-address";
import type { Organizer } from "@/lib/auth/guards";
import { covers, type KeyScope } from "@/lib/auth/key-scopes";
import { type LimitName, measure, type Quota } from "@/lib/auth/rate-limit";
import { addToLog, logWith } from "@/lib/config/log";
import { logFault } from "@/lib/database/outage";
import { digestOf, type RequestIdentity } from "@/lib/input/request-identity";
import { err, ok, type Result } from "@/lib/result";
import { noteFailedLookup } from "@/lib/shield/failed-lookups";

export interface Answered {
  reply: Reply;
  headers?: Record<string, string>;
}

/** Answers one request; whatever goes wrong is an answer too, and a fault is logged once under its id. */
export async function answer(
  served: Served,
  request: Request,
  addressParts: Promise<unknown>,
  requestId: string,
): Promise<Answered> {
  const { method, path } = served.endpoint;
  return logWith({ requestId, route: `${method} ${path}` }, async () => {
    try {
      const address = clientAddress(request.headers);
      const { who, headers } = await admit(served.endpoint, request, address);
      const answered = who.ok
        ? await pass(served, request, await addressParts, { organizer: who.value, address })
        : refused(who.error);
      return { ...answered, headers: { ...headers, ...answered.headers } };
    } catch (error) {
      logFault(error, "An API request failed");
      return problem({ code: "internal_error", requestId });
    }
  });
}

async function pass(
  served: Served,
  request: Request,
  addressParts: unknown,
  { organizer, address }: { organizer: KeyHolder | null; address: string },
): Promise<Answered> {
  const { endpoint } = served;
  const caller = endpoint.takesKey ? await holderOf(request) : organizer;
  if (endpoint.takesKey && caller && !covers(caller.keyScope, endpoint.takesKey)) {
    return refused({ code: "insufficient_scope", requiredScope: endpoint.takesKey });
  }
  const callerId = caller?.id;
  const read = await readRequest(endpoint, request, addressParts);
  if (!read.ok) return problem(read.error);
  if (endpoint.path.startsWith("/api/v1/me/bookings/{id}")) {
    // Its schema has an id. A visitor's own address has a token in that place, which no log sees.
    addToLog({ bookingId: (read.value.params as { id: string }).id });
  }

  const work = async (identity?: RequestIdentity): Promise<Answered> => {
    // `serve` has tied the call's type to the endpoint's.
    const call = { ...read.value, organizer, identity, callerId, address } as Parameters<Served["run"]>[0];
    const acting = { actorId: callerId ?? null, from: originOf(request.headers) };
    const outcome = await actAs(acting, () => served.run(call));
    if (!organizer && !outcome.ok && isGuess[outcome.error.code]) await noteFailedLookup(address);
    return toAnswer(endpoint, outcome, request);
  };
  const key = endpoint.method === "POST" ? request.headers.get("idempotency-key") : null;
  if (key === null) return work();
  if (!/^[\x21-\x7e]{1,255}$/.test(key)) return problem({ code: "idempotency_key_invalid" });
  const { params, sent } = read.value;
  const ticket = ticketOf(scopeOf(endpoint, organizer, params), key, sent);
  const identity = identityOf(ticket);
  const earlier = await served.recall?.(identity);
  if (earlier)
    return { ...toAnswer(endpoint, earlier, request), ...(earlier.ok ? { headers: replayed } : {}) };
  let headers = {};
  const workOnce = async () => {
    const done = await work(identity);
    headers = done.headers ?? {};
    return done.reply;
  };
  const answered = await answerOnce(ticket, workOnce, endpoint.repeatable === true);
  return { ...answered, headers: { ...headers, ...answered.headers } };
}

/** Whose key it is and where it was sent: the same key elsewhere, or of another organizer, is another key. */
function scopeOf({ method, path }: Endpoint, organizer: Organizer | null, params: unknown): string[] {
  const owner = organizer ? ["organizer", organizer.id] : ["public"];
  // Hashed, since a visitor's capability may be among them.
  const place = params ? [Buffer.from(digestOf(params)).toString("base64url")] : [];
  return [...owner, method, path, ...place];
}

const replayed = { "Idempotency-Replayed": "true" };

/** How long a request waits for its twin that came first. After that, what may run twice does. */
const patienceMs = 3_000;

async function answerOnce(
  ticket: Ticket,
  work: () => Promise<Reply>,
  repeatable: boolean,
): Promise<Answered> {
  const until = Date.now() + patienceMs;
  for (let pauseMs = 20; ; pauseMs = Math.min(2 * pauseMs, 250)) {
    const outcome = await once(ticket, work);
    if (outcome.kind === "another_request") return problem({ code: "idempotency_key_reused" });
    if (outcome.kind === "answered") {
      return { reply: outcome.reply, headers: outcome.replayed ? replayed : {} };
    }
    if (Date.now() >= until) break;
    await setTimeout(pauseMs);
  }
  if (repeatable) return { reply: await work() };
  return { ...problem({ code: "idempotency_in_progress" }), headers: { "Retry-After": "1" } };
}

/** What people who follow links and choose from lists are hardly ever told. */
const isGuess: Partial<Record<ProblemCode, true>> = { not_found: true, outside_availability: true };

type NotAdmitted =
  | { code: "unauthorized" }
  | { code: "insufficient_scope"; requiredScope: KeyScope }
  | { code: "rate_limited"; retryAfterSeconds: number };

export interface Admission {
  /** An organizer, or null on public addresses; or why they may not. */
  who: Result<KeyHolder | null, NotAdmitted>;
  /** What is left of the limit that this call counts for, for all answers to it. */
  headers: Record<string, string>;
}

/** Who calls, once they may. `address` is the network address it comes from. */
export async function admit(
  endpoint: Pick<Endpoint, "access" | "limit">,
  request: Request,
  address: string,
): Promise<Admission> {
  if (endpoint.access === "public") return paced(endpoint.limit ?? "publicRead", address, ok(null));
  const organizer = await holderOf(request);
  if (!organizer) return paced("apiKeyFailure", address, err("unauthorized"));
  const isCovered = covers(organizer.keyScope, endpoint.access);
  const outcome = isCovered ? ok(organizer) : err("insufficient_scope", { requiredScope: endpoint.access });
  return paced("apiCall", organizer.id, outcome);
}

/** Whose API key a request carries; null: none, or none that is known. */
async function holderOf(request: Request): Promise<KeyHolder | null> {
  const key = /^Bearer +(\S+)$/i.exec(request.headers.get("authorization") ?? "")?.[1];
  return key ? verifyApiKey(key) : null;
}

async function paced(limit: LimitName, subject: string, outcome: Admission["who"]): Promise<Admission> {
  const { allowance, quota } = await measure(limit, subject);
  const who = allowance.ok
    ? outcome
    : err("rate_limited", { retryAfterSeconds: allowance.retryAfterSeconds });
  return { who, headers: quota ? headersOf(quota) : {} };
}

/** draft-ietf-httpapi-ratelimit-headers-10, 3 and 4: how much is allowed in how many seconds, and what is left of it. */
function headersOf({ name, points, seconds, left, resetSeconds }: Quota): Record<string, string> {
  return {
    "RateLimit-Policy": `"${name}";q=${points};w=${seconds}`,
    RateLimit: `"${name}";r=${left};t=${resetSeconds}`,
  };
}

/** A refusal of `admit` as a problem document, with the challenge that RFC 6750 (3) asks for. */
export function refused(refusal: NotAdmitted): Answered {
  if (refusal.code === "unauthorized") {
    return {
      ...problem({ code: "unauthorized" }),
      headers: { "WWW-Authenticate": 'Bearer realm="Bellhop"' },
    };
  }
  if (refusal.code === "insufficient_scope") {
    const challenge = `Bearer realm="Bellhop", error="insufficient_scope", scope="${refusal.requiredScope}"`;
    return { ...problem(refusal), headers: { "WWW-Authenticate": challenge } };
  }
  return problem(refusal);
}

function toAnswer(
  endpoint: Endpoint,
  result: Awaited<ReturnType<Served["run"]>>,
  request: Request,
): Answered {
  return result.ok ? success(endpoint, result.value, request) : problem(result.error);
}

function success({ status = 200, about }: Endpoint, value: unknown, request: Request): Answered {
  const contentType = "application/json";
  if (value instanceof Rendered) {
    const headers = { ETag: value.etag, "Cache-Control": value.caching };
    const isKnown = value.isKnownTo(request.headers.get("if-none-match"));
    return {
      reply: isKnown ? { status: 304, contentType, body: "" } : { status, contentType, body: value.body },
      headers,
    };
  }
  // Its schema has an id.
  const booking = about === "booking" ? { bookingId: (value as { id: string }).id } : {};
  return { reply: { status, contentType, body: status === 204 ? "" : JSON.stringify(value), ...booking } };
}

/** A refusal as a problem document. */
export function problem({ code, ...facts }: { code: ProblemCode } & ProblemFacts): Answered {
  const document = describeProblem(code, facts);
  const { retryAfterSeconds: seconds } = facts;
  return {
    ...(seconds === undefined ? {} : { headers: { "Retry-After": String(Math.max(1, Math.ceil(seconds))) } }),
    reply: {
      status: document.status,
      contentType: "application/problem+json",
      body: JSON.stringify(document),
    },
  };
}
