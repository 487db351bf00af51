import { setTimeout as wait } from "node:timers/promises";
import { type GraphFault, matchesAccount, matchesPath } from "@/tests/emulator/faults";
import {
  enterAsApplication,
  ofNamedUser,
  refuseApplication,
  withNamedLinks,
} from "@/tests/emulator/graph/app-access";
import {
  accessDenied,
  badRequest,
  errorBody,
  GraphRefusal,
  mailboxMoves,
  noMailbox,
} from "@/tests/emulator/graph/errors";
import { refuseWithoutTeams } from "@/tests/emulator/graph/online-meetings";
import { readPrefer } from "@/tests/emulator/graph/prefer";
import { readQueryOptions } from "@/tests/emulator/graph/query-options";
import type { GraphContext, GraphReply, GraphRequest, Route } from "@/tests/emulator/graph/route";
import { findRoute } from "@/tests/emulator/graph/routes";
import { asVisited, refuseVisitor, type Visited, visitCalendar } from "@/tests/emulator/graph/shared-access";
import { guid } from "@/tests/emulator/ids";
import { preciseNow, type SeenRequest, withoutSecrets } from "@/tests/emulator/request-log";
import type { AccessToken, Account } from "@/tests/emulator/state";
import { requireMailbox, type World } from "@/tests/emulator/world";

/** What a request comes to: a reply, or a connection that is cut or left hanging. */
export type GraphAnswer = GraphReply | "drop" | "hang";

interface Visit {
  requestId: string;
  clientRequestId: string | null;
  startedAt: number;
  account: Account | null;
  concurrent: number;
}

/** The one door to Graph: token, throttling, faults, permissions, checks, then the handler. Never throws. */
export async function answerGraph(world: World, request: GraphRequest): Promise<GraphAnswer> {
  const visit: Visit = {
    requestId: guid(),
    clientRequestId: request.headers["client-request-id"] ?? null,
    startedAt: preciseNow(),
    account: null,
    concurrent: 0,
  };
  let answer: GraphAnswer;
  try {
    answer = await admit(world, request, visit);
  } catch (error) {
    if (!(error instanceof GraphRefusal)) throw error;
    answer = refusalReply(error, visit);
  }
  record(world, request, visit, answer);
  return typeof answer === "string"
    ? answer
    : { ...answer, headers: { ...answer.headers, ...traceHeaders(visit) } };
}

async function admit(world: World, sent: GraphRequest, visit: Visit): Promise<GraphAnswer> {
  const token = authenticate(world, sent);
  const visited = token.tenantId === undefined ? visitCalendar(world, sent, token) : null;
  const entered =
    token.tenantId === undefined
      ? {
          account: visited?.owner ?? world.state.accounts[token.accountId] ?? null,
          request: visited?.request ?? sent,
        }
      : enterAsApplication(world, sent, token.tenantId);
  visit.account = entered.account;
  const { request } = entered;
  const { route, ids } = findRoute(request.method, request.path);
  const leave = enterLane(world, visit, route, token);
  try {
    const { latencyMs } = world.state.settings;
    if (latencyMs > 0) await wait(latencyMs);
    return await withFaults(world, request, visit, () =>
      serve(world, request, visit, { route, ids, token, visited }),
    );
  } finally {
    leave();
  }
}

/** Only Outlook counts the requests under way per mailbox. */
function enterLane(world: World, visit: Visit, route: Route, token: AccessToken): () => void {
  if (route.service !== "outlook") return () => {};
  const admission = world.throttle.enter(token.clientId, visit.account?.id ?? token.accountId);
  visit.concurrent = admission.concurrent;
  if (admission.admitted) return admission.leave;
  throw new GraphRefusal(429, "ApplicationThrottled", `Application is over its ${admission.reason} limit.`, {
    headers: { "retry-after": admission.retryAfter },
  });
}

async function withFaults(
  world: World,
  request: GraphRequest,
  visit: Visit,
  serveIt: () => Promise<GraphReply>,
): Promise<GraphAnswer> {
  const fault = world.faults.graph.take(
    (waiting) =>
      (waiting.method === undefined || waiting.method === request.method) &&
      matchesPath(waiting.path, request.path) &&
      matchesAccount(waiting.account, visit.account),
  );
  if (!fault) return serveIt();
  if (fault.delayMs > 0) await wait(fault.delayMs);
  if (fault.outcome === "pass") return thinned(await serveIt(), fault.without);
  if (fault.when === "after") {
    try {
      await serveIt();
    } catch (refusal) {
      // The request took no effect, so the fault waits for one that does.
      world.faults.graph.putBack(fault);
      throw refusal;
    }
  }
  return faultAnswer(fault, visit);
}

/** An answer whose entries say less than they could. */
function thinned(reply: GraphReply, without: string[]): GraphReply {
  const { body } = reply;
  if (without.length === 0 || body === null || typeof body !== "object") return reply;
  const thin = (entry: object) =>
    Object.fromEntries(Object.entries(entry).filter(([name]) => !without.includes(name)));
  const value = "value" in body && Array.isArray(body.value) ? { value: body.value.map(thin) } : {};
  return { ...reply, body: { ...thin(body), ...value } };
}

async function serve(
  world: World,
  request: GraphRequest,
  visit: Visit,
  {
    route,
    ids,
    token,
    visited,
  }: { route: Route; ids: string[]; token: AccessToken; visited: Visited | null },
): Promise<GraphReply> {
  const { account } = visit;
  if (account?.status !== "active") throw userIsGone(route);
  if (route.service === "teams") refuseWithoutTeams(account);
  const isApplication = token.tenantId !== undefined;
  if (isApplication) refuseApplication(world, route, account, token);
  else if (visited) refuseVisitor(world, route, visited, token);
  else if (!route.scopes.some((scope) => token.scopes.includes(scope))) throw missingScope(route);
  if (route.service === "outlook" && !account.hasMailbox) throw noMailbox();
  if (route.service === "outlook" && account.movingAnswer) throw mailboxMoves(account.movingAnswer);
  const context: GraphContext = {
    world,
    account,
    mailbox: requireMailbox(world.state, account),
    clientId: token.clientId,
    isApplication,
    request,
    body: readBody(world, request, route, isApplication || visited !== null),
    prefer: readPrefer(request.headers.prefer),
    options: readQueryOptions(request.query, route.options),
    ids,
  };
  if (route.template.includes("event") || route.template.includes("calendarView")) {
    context.mailbox.idKindsAsked[context.prefer.idKind] += 1;
  }
  const handled = await route.handle(context);
  const named = isApplication ? withNamedLinks(handled, account) : handled;
  const reply = visited ? asVisited(named, route, visited) : named;
  const { applied } = context.prefer;
  return applied.length === 0
    ? reply
    : { ...reply, headers: { "preference-applied": applied.join(", "), ...reply.headers } };
}

/** The access token of a request. Throws Graph's 401. */
export function authenticate(world: World, request: GraphRequest): AccessToken {
  const header = request.headers.authorization ?? "";
  const value = /^Bearer (\S+)$/i.exec(header)?.[1];
  if (!value)
    throw unauthenticated(
      header ? "CompactToken parsing failed with error code: 80049217" : "Access token is empty.",
    );
  const token = world.state.accessTokens[value];
  if (!token) throw unauthenticated("CompactToken parsing failed with error code: 80049217");
  if (token.expiresAt <= Date.now())
    throw unauthenticated("Lifetime validation failed, the token is expired.");
  const revokedAt = world.state.accounts[token.accountId]?.sessionsRevokedAt ?? 0;
  if (token.continuous && token.issuedAt <= revokedAt) throw claimsChallenge(revokedAt);
  return token;
}

const CHALLENGE = `Bearer realm="", authorization_uri="https://login.microsoftonline.com/common/oauth2/authorize", client_id="00000003-0000-0000-c000-000000000000"`;

function unauthenticated(message: string): GraphRefusal {
  return new GraphRefusal(401, "InvalidAuthenticationToken", message, {
    headers: { "www-authenticate": CHALLENGE },
  });
}

/** Continuous access evaluation: only clients that declared `cp1` are asked like this. */
function claimsChallenge(revokedAt: number): GraphRefusal {
  const claims = { access_token: { nbf: { essential: true, value: String(Math.floor(revokedAt / 1000)) } } };
  const encoded = Buffer.from(JSON.stringify(claims)).toString("base64");
  return new GraphRefusal(
    401,
    "InvalidAuthenticationToken",
    "Continuous access evaluation resulted in claims challenge with result: InteractionRequired and code: TokenIssuedBeforeRevocationTimestamp",
    { headers: { "www-authenticate": `${CHALLENGE}, error="insufficient_claims", claims="${encoded}"` } },
  );
}

function userIsGone(route: Route): GraphRefusal {
  return route.service === "outlook"
    ? noMailbox()
    : new GraphRefusal(
        404,
        "Request_ResourceNotFound",
        "The signed-in user does not exist or one of its queried reference-property objects are not present.",
      );
}

function missingScope(route: Route): GraphRefusal {
  if (route.service === "directory") {
    return new GraphRefusal(
      403,
      "Authorization_RequestDenied",
      "Insufficient privileges to complete the operation.",
    );
  }
  if (route.service === "teams" || route.service === "presence") {
    return new GraphRefusal(
      403,
      "Forbidden",
      "Application does not have permission to perform this operation on behalf of the user.",
    );
  }
  return accessDenied();
}

function readBody(world: World, request: GraphRequest, route: Route, isOfNamed: boolean): unknown {
  if (request.bodyText === "") {
    if (route.body === "required") throw badRequest("BadRequest", "Empty Payload. JSON content expected.");
    return undefined;
  }
  if (!route.body) {
    if (request.method === "GET" || request.method === "DELETE") return undefined;
  }
  if (!/^application\/json\b/i.test(request.headers["content-type"] ?? "")) {
    throw badRequest(
      "BadRequest",
      "Unable to read JSON request payload. Please ensure Content-Type header is set and payload is of valid JSON format.",
    );
  }
  const body = parseJson(request.bodyText);
  const template = route.twinOf ?? route.template;
  const described = isOfNamed ? ofNamedUser(template) : template;
  const problem = world.description?.requestProblem(route.method, described, body) ?? null;
  if (problem)
    throw badRequest("RequestBodyRead", `The request body does not fit Microsoft's description: ${problem}`);
  return body;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw badRequest(
      "BadRequest",
      "Unable to read JSON request payload. Please ensure Content-Type header is set and payload is of valid JSON format.",
    );
  }
}

function refusalReply(refusal: GraphRefusal, visit: Visit): GraphReply {
  return {
    status: refusal.status,
    headers: refusal.extra.headers ?? {},
    body: errorBody(refusal, visit.requestId, visit.clientRequestId),
  };
}

function faultAnswer(fault: GraphFault, visit: Visit): GraphAnswer {
  if (fault.outcome === "drop" || fault.outcome === "hang") return fault.outcome;
  const headers = {
    ...fault.headers,
    ...(fault.retryAfter === undefined ? {} : { "retry-after": String(fault.retryAfter) }),
  };
  if (fault.body !== undefined) return { status: fault.status, headers, body: Object(fault.body) };
  return refusalReply(new GraphRefusal(fault.status, fault.code, fault.message, { headers }), visit);
}

function traceHeaders(visit: Visit): Record<string, string> {
  return {
    "request-id": visit.requestId,
    "client-request-id": visit.clientRequestId ?? visit.requestId,
    "x-ms-ags-diagnostic": `{"ServerInfo":{"DataCenter":"Emulator","Slice":"E","Ring":"0","ScaleUnit":"000","RoleInstance":"LOCAL"}}`,
  };
}

function record(world: World, request: GraphRequest, visit: Visit, answer: GraphAnswer): void {
  const status: SeenRequest["status"] =
    answer === "drop" ? "dropped" : answer === "hang" ? "hung" : answer.status;
  world.requests.add({
    startedAt: visit.startedAt,
    finishedAt: preciseNow(),
    method: request.method,
    path: `/v1.0${request.path}`,
    query: Object.fromEntries(request.query),
    status,
    accountId: visit.account?.id ?? null,
    accountEmail: visit.account?.email ?? null,
    clientRequestId: visit.clientRequestId,
    requestId: visit.requestId,
    prefer: request.headers.prefer ?? null,
    userAgent: request.headers["user-agent"] ?? null,
    body: bodyForLog(request.bodyText),
    inBatch: request.inBatch,
    concurrent: visit.concurrent,
  });
}

function bodyForLog(text: string): unknown {
  if (text === "") return null;
  try {
    return withoutSecrets(JSON.parse(text));
  } catch {
    return text;
  }
}
