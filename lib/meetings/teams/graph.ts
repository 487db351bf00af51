/**
 * The one door to Microsoft Graph: token, call slots, time limit, records of each call. Repeats a call whose token was turned
 * down, and a question that has to wait a moment; whether any other is repeated is decided by jobs, which know whether it may be.
 */
import { randomUUID } from "node:crypto";
import {
  AuthenticationHandler,
  Client,
  type Context,
  type Middleware,
  ResponseType,
} from "@microsoft/microsoft-graph-client";
import { counters } from "@/lib/config/counters";
import { isLoopbackHost } from "@/lib/config/loopback";
import { inSpan } from "@/lib/config/tracing";
import type { CallRecord } from "@/lib/flight-recorder/flight-recorder";
import type { Place } from "@/lib/grants/call-line";
import { CallSlotTimeout, withCallSlot } from "@/lib/grants/call-slots";
import { mailboxOf } from "@/lib/grants/mailbox";
import type { Access } from "@/lib/grants/tokens";
import { type CallContext, ProviderError } from "@/lib/meetings/provider";
import { accessFor } from "@/lib/meetings/teams/access";
import { claimsOf, type GraphAnswer, GraphError, problemOf } from "@/lib/meetings/teams/graph-answer";
import { keepPause, pauseAfter, requireNoPause } from "@/lib/meetings/teams/mailbox-pause";
import { noteReached, noteUnreached } from "@/lib/meetings/teams/outage";
import { Patience } from "@/lib/meetings/teams/patience";
import { retryAfterSeconds } from "@/lib/meetings/teams/retry-after";
import { asShared, requireOwnSignIn, throughOwner } from "@/lib/meetings/teams/shared-path";
import { registration } from "@/lib/registration/registration";

export interface GraphCall {
  method: "GET" | "POST" | "PATCH" | "DELETE";
  /** Path below /v1.0; `{event}` and the like are replaced by `ids`, and stay in records as they are. */
  path: string;
  ids?: Record<string, string>;
  query?: Record<string, string>;
  body?: object;
  /** A nextLink or deltaLink, followed as it came. */
  link?: string;
  /** How many entries a page should have. Graph may ignore it. */
  pageSize?: number;
  /** Values that came to Graph after its v1.0 are named, such as the role `coorganizer`. */
  allRoles?: boolean;
  /** The answer is a file, of at most this many bytes. */
  fileMaxBytes?: number;
}

/** What a call needs of an account. */
export type GraphAccount = Pick<Access, "token" | "tenantId" | "accountId" | "managed">;

type Limits = Pick<CallContext, "priority" | "onCall"> & { readonly deadline: number };

export interface GraphClient {
  /** The account behind the calls. */
  account(): Promise<Access>;
  /** Throws `ProviderError`, a `GraphError` when Graph answered. */
  call(call: GraphCall): Promise<GraphAnswer>;
}

/** Graph's address in the official client, which gives the token to no other host; rewritten when sending. */
const clientOrigin = "https://graph.microsoft.com";

/** Opens the door for one operation; all its calls share one time limit. */
export function openGraph({ userId, mailbox, sharedCalendar, ...context }: CallContext): GraphClient {
  const patience = new Patience(context);
  let access: Promise<Access> | undefined;
  const account = () => {
    access ??= before(patience.deadline, accessFor(userId, { mailbox }));
    return access;
  };
  const callOnce = async (call: GraphCall, place: Place) => {
    const current = await account();
    if (sharedCalendar) requireOwnSignIn(current, sharedCalendar);
    const takeTurn = patience.stand();
    const line = { priority: context.priority, lineEnd: patience.lineEnd };
    const made = async () => {
      takeTurn();
      // What is asked of the account's own mailbox is none of the other's business, and the other way round.
      if (!sharedCalendar) await requireNoPause(userId, current, call);
      const placed = sharedCalendar ? throughOwner(call, sharedCalendar) : call;
      try {
        return await send(
          current.token,
          { ...context, deadline: patience.deadline },
          toMailbox(current, placed),
        );
      } catch (error) {
        // Before the slot is free, so that the next one to take it knows.
        if (error instanceof GraphError && !sharedCalendar) await keepPause(current, call, error);
        throw error;
      }
    };
    // Outlook counts what is asked of a mailbox, whoever asks.
    const counted = sharedCalendar ? { ...current, accountId: sharedCalendar } : current;
    return inSlot(counted, line, place, made).finally(takeTurn);
  };
  return {
    account,
    async call(call) {
      if (call.link) await requireGraphLink(call.link);
      const place: Place = { number: null };
      let isRenewed = false;
      for (let pauses = 0; ; ) {
        const { tokenVersion: rejected } = await account();
        try {
          return await callOnce(call, place);
        } catch (error) {
          if (error instanceof GraphError && error.isTokenRejected && !isRenewed) {
            isRenewed = true;
            access = before(patience.deadline, accessFor(userId, { mailbox, rejected }, error.more.claims));
            continue;
          }
          const pauseMs = pauseAfter(error, call);
          if (pauseMs === null || pauses >= patience.maxPauses || !patience.mayPause(pauseMs)) {
            throw sharedCalendar ? asShared(error, call) : error;
          }
          pauses += 1;
          await patience.pause(pauseMs);
        }
      }
    },
  };
}

/** One call with a token at hand, in one of the mailbox's call slots. */
export async function callGraphAs(
  account: GraphAccount,
  limits: Limits,
  call: GraphCall,
): Promise<GraphAnswer> {
  if (call.link) await requireGraphLink(call.link);
  const line = { priority: limits.priority, lineEnd: limits.deadline };
  return inSlot(account, line, { number: null }, () => send(account.token, limits, toMailbox(account, call)));
}

/** A token of this server's own has no "me": the mailbox is named (Microsoft: auth-v2-service). A link is followed as it came. */
function toMailbox({ managed, accountId }: GraphAccount, call: GraphCall): GraphCall {
  if (!managed || !/^\/me(\/|$)/.test(call.path)) return call;
  return {
    ...call,
    path: call.path.replace(/^\/me/, "/users/{mailbox}"),
    ids: { ...call.ids, mailbox: accountId },
  };
}

/** Runs a call when it is its turn at the mailbox, `lineEnd` (epoch milliseconds) at the latest. */
async function inSlot<Value>(
  { tenantId, accountId }: GraphAccount,
  { priority, lineEnd }: Pick<CallContext, "priority"> & { lineEnd: number },
  place: Place,
  run: () => Promise<Value>,
): Promise<Value> {
  try {
    return await withCallSlot(mailboxOf({ tenantId, accountId }), priority, lineEnd, run, place);
  } catch (error) {
    if (!(error instanceof CallSlotTimeout)) throw error;
    throw new ProviderError("unavailable", error.message, { vendorCode: error.code, cause: error });
  }
}

function send(token: string, limits: Limits, call: GraphCall): Promise<GraphAnswer> {
  // A link to follow is another address each time.
  const kind = call.link ? `${call.method} (next page)` : `${call.method} ${call.path}`;
  return inSpan(`Graph ${kind}`, { "bellhop.graph_call": kind }, (note) =>
    sendAs(kind, token, limits, call, (result) => note({ "bellhop.result": result })),
  );
}

/** `kind`: what the call is counted as. */
async function sendAs(
  kind: string,
  token: string,
  { deadline, onCall }: Limits,
  call: GraphCall,
  note: (result: string) => void,
): Promise<GraphAnswer> {
  const name = `${call.method} ${call.path}`;
  const startedAt = performance.now();
  const record = (rest: Omit<CallRecord, "call" | "durationMs">) => {
    const durationMs = performance.now() - startedAt;
    const result = rest.problem ?? "ok";
    counters().graphCalls.observe({ call: kind, result }, durationMs / 1000);
    note(result);
    onCall?.({ call: name, durationMs, ...rest });
  };
  let answer: GraphAnswer;
  try {
    answer = await exchange(token, call, AbortSignal.timeout(Math.max(1, deadline - Date.now())));
  } catch (cause) {
    record({ status: null, requestId: null, problem: "unavailable" });
    const vendorCode = cause instanceof Error && cause.name === "TimeoutError" ? "timeout" : "network";
    if (vendorCode === "network") noteUnreached();
    throw new ProviderError("unavailable", `${name} got no answer: ${vendorCode}`, { vendorCode, cause });
  }
  void noteReached();
  const problem = problemOf(answer, name);
  const requestId = answer.requestId ?? problem?.details.requestId ?? null;
  record({ status: answer.status, requestId, problem: problem && !problem.isGone ? problem.code : null });
  if (problem) throw problem;
  return answer;
}

async function exchange(token: string, call: GraphCall, signal: AbortSignal): Promise<GraphAnswer> {
  const { graphUrl } = await registration();
  const sender = new Sender(graphUrl, signal, call.link ?? null);
  const authentication = new AuthenticationHandler({ getAccessToken: async () => token });
  authentication.setNext(sender);
  const request = Client.initWithMiddleware({ middleware: authentication })
    .api(pathOf(call))
    .headers({ Prefer: preferences(call), "client-request-id": randomUUID() })
    .responseType(ResponseType.RAW);
  try {
    const response: Response = await perform(request, call);
    const isFile = call.fileMaxBytes !== undefined && response.ok;
    return {
      status: response.status,
      body: isFile ? await readFile(response, call.fileMaxBytes ?? 0) : parseJson(await response.text()),
      requestId: response.headers.get("request-id"),
      retryAfterSeconds: retryAfterSeconds(response.headers),
      claims: claimsOf(response.headers),
    };
  } catch (error) {
    // The client wraps what fetch threw in an error of its own that names neither cause nor kind.
    throw sender.failure ?? error;
  }
}

/** Null: it is longer than that. */
async function readFile(response: Response, maxBytes: number): Promise<Uint8Array | null> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.byteLength;
    if (size > maxBytes) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function preferences({ pageSize, allRoles = false }: GraphCall): string {
  const immutable = 'IdType="ImmutableId"';
  if (allRoles) return `${immutable}, include-unknown-enum-members`;
  // Pages of many entries come with each one's body, which no one here reads: as text it is short.
  const paged = `${immutable}, outlook.body-content-type="text", odata.maxpagesize=${pageSize}`;
  return pageSize === undefined ? immutable : paged;
}

function perform(request: ReturnType<Client["api"]>, { method, body = {} }: GraphCall): Promise<Response> {
  switch (method) {
    case "GET":
      return request.get();
    case "POST":
      return request.post(body);
    case "PATCH":
      return request.patch(body);
    case "DELETE":
      return request.delete();
  }
}

/** Last link of the client's chain: sends to the configured Graph, once. */
class Sender implements Middleware {
  failure: unknown;

  constructor(
    private readonly graphUrl: string,
    private readonly signal: AbortSignal,
    private readonly link: string | null,
  ) {}

  async execute(context: Context): Promise<void> {
    const asked = typeof context.request === "string" ? context.request : context.request.url;
    const address = (this.link ?? asked).replace(clientOrigin, this.graphUrl);
    try {
      context.response = await fetch(address, { ...context.options, signal: this.signal, redirect: "error" });
    } catch (error) {
      this.failure = error;
      throw error;
    }
  }
}

function pathOf({ path, ids = {}, query }: GraphCall): string {
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(ids[name] ?? ""));
  const pairs = Object.entries(query ?? {}).map(([key, value]) => `${key}=${encodeURIComponent(value)}`);
  return pairs.length > 0 ? `${filled}?${pairs.join("&")}` : filled;
}

/** A link carries the token along, so it must lead to Graph. */
async function requireGraphLink(link: string): Promise<void> {
  const to = URL.canParse(link) ? new URL(link) : null;
  const graph = new URL((await registration()).graphUrl);
  if (to && (to.origin === clientOrigin || to.origin === graph.origin || isSameEmulator(to, graph))) return;
  throw new ProviderError("unavailable", "Graph's next page is on another host.", {
    vendorCode: "foreign_link",
  });
}

/** An emulator on this machine may call itself by another of the machine's names. */
function isSameEmulator(one: URL, other: URL): boolean {
  return isLoopbackHost(one.hostname) && isLoopbackHost(other.hostname) && one.port === other.port;
}

function parseJson(text: string): unknown {
  if (!text) return null;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Waits no longer than the caller may; what is under way goes on, and serves the next call. */
async function before<Value>(deadline: number, work: Promise<Value>): Promise<Value> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    const give = () =>
      reject(new ProviderError("unavailable", "The token did not come in time.", { vendorCode: "timeout" }));
    timer = setTimeout(give, Math.max(1, deadline - Date.now()));
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
