import { createHash, randomBytes, randomUUID } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect } from "vitest";
import { createControl, type EmulatorControl } from "@/tests/emulator/client";
import { ofNamedUser } from "@/tests/emulator/graph/app-access";
import { loadGraphDescription } from "@/tests/emulator/graph/openapi";
import { findRoute } from "@/tests/emulator/graph/routes";
import { signInAs } from "@/tests/emulator/person";
import { SEEDED_APP } from "@/tests/emulator/seed";
import { type Emulator, type EmulatorOptions, startEmulator } from "@/tests/emulator/server";
import type { Account } from "@/tests/emulator/state";

export const REDIRECT_URI = "http://localhost:3000/api/teams/callback";
export const ALL_SCOPES =
  "openid profile offline_access User.Read Calendars.ReadWrite OnlineMeetings.ReadWrite";

export interface Stage {
  emulator: Emulator;
  control: EmulatorControl;
}

/** An emulator that answers immediately, with its control client. */
export async function startStage(options: EmulatorOptions = {}): Promise<Stage> {
  const emulator = await startEmulator(options);
  const control = createControl(emulator.controlUrl);
  await control.changeSettings({ latencyMs: 0, notificationDelayMs: 0, notificationRetryMs: 20 });
  return { emulator, control };
}

export function freshEmail(domain = "contoso.example"): string {
  return `${randomUUID().slice(0, 8)}@${domain}`;
}

export async function newAccount(
  stage: Stage,
  given: Partial<Parameters<EmulatorControl["addAccount"]>[0]> = {},
) {
  const tenant = given.tenant ?? "contoso";
  const domain = tenant === "consumers" ? "outlook.example" : `${tenant}.example`;
  return stage.control.addAccount({ email: freshEmail(domain), name: "Ada Byron", ...given });
}

export interface Pkce {
  verifier: string;
  challenge: string;
}

export function newPkce(): Pkce {
  const verifier = randomBytes(32).toString("base64url");
  return { verifier, challenge: createHash("sha256").update(verifier).digest("base64url") };
}

export function authorizeUrl(
  stage: Stage,
  changes: Record<string, string | null> = {},
  tenant = "common",
): string {
  const url = new URL(`${stage.emulator.loginUrl}/${tenant}/oauth2/v2.0/authorize`);
  const parameters: Record<string, string | null> = {
    client_id: SEEDED_APP.clientId,
    response_type: "code",
    redirect_uri: REDIRECT_URI,
    scope: ALL_SCOPES,
    state: "a-state",
    ...changes,
  };
  for (const [name, value] of Object.entries(parameters))
    if (value !== null) url.searchParams.set(name, value);
  return url.href;
}

export async function postToken(
  stage: Stage,
  fields: Record<string, string>,
  options: { tenant?: string; headers?: Record<string, string> } = {},
) {
  const response = await fetch(`${stage.emulator.loginUrl}/${options.tenant ?? "common"}/oauth2/v2.0/token`, {
    method: "POST",
    headers: options.headers ?? {},
    body: new URLSearchParams({
      client_id: SEEDED_APP.clientId,
      client_secret: SEEDED_APP.clientSecret,
      ...fields,
    }),
  });
  return { status: response.status, headers: response.headers, body: await response.json() };
}

export async function newCode(stage: Stage, email: string, changes: Record<string, string | null> = {}) {
  const location = new URL(await signInAs(authorizeUrl(stage, changes), { email }));
  const code = location.searchParams.get("code");
  if (!code) throw new Error(`no code: ${location.search}`);
  return code;
}

export async function newTokens(stage: Stage, account: Account, scope = ALL_SCOPES) {
  const code = await newCode(stage, account.email, { scope });
  const { body } = await postToken(stage, {
    grant_type: "authorization_code",
    code,
    redirect_uri: REDIRECT_URI,
  });
  if (!body.access_token) throw new Error(`no token: ${JSON.stringify(body)}`);
  return body as {
    access_token: string;
    refresh_token: string;
    id_token: string;
    scope: string;
    expires_in: number;
  };
}

/** A caller of Graph with one account's token. */
export async function graphAs(stage: Stage, account: Account, scope = ALL_SCOPES) {
  const { access_token: token } = await newTokens(stage, account, scope);
  return graphWith(stage, token);
}

export function graphWith(stage: Stage, token: string) {
  return async (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) => {
    const url = path.startsWith("http") ? path : `${stage.emulator.graphUrl}/v1.0${path}`;
    const response = await fetch(url, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(body === undefined ? {} : { "content-type": "application/json" }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    const answer = text === "" ? null : JSON.parse(text);
    expectDescribed(method, new URL(url).pathname, response.status, answer);
    return { status: response.status, headers: response.headers, body: answer };
  };
}

const description = loadGraphDescription();

/** Every answer in these tests is held against Microsoft's own description, where it is at hand. */
function expectDescribed(method: string, pathname: string, status: number, body: unknown): void {
  const path = pathname.replace("/v1.0", "");
  if (!description || path === "/$batch") return;
  if (status >= 400) {
    // `date` comes without a zone, which its declared format would not allow.
    const { error } = body as { error: { innerError?: { date?: string } } };
    expect(error.innerError?.date).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/);
    const { innerError: _, ...rest } = error;
    expect(description.typeProblem("ODataErrors.ODataError", { error: rest })).toBeNull();
    return;
  }
  // getSchedule is known not to keep to its own type: "Busy", and null for a list.
  if (path.endsWith("getSchedule")) return;
  const isNamed = path.startsWith("/users/");
  // What is asked of someone else's calendar is what is asked of one's own.
  const asOwn = path
    .replace(/^\/users\/[^/]+/, "/me")
    .replace(/^\/me\/calendars\/[^/]+\/events\//, "/me/events/");
  const { template } = findRoute(method, asOwn).route;
  const described = isNamed ? ofNamedUser(template) : template;
  expect(description.responseProblem(method, described, status, body ?? undefined)).toBeNull();
}

export function teamsEvent(changes: Record<string, unknown> = {}) {
  return {
    subject: "Intro call",
    body: { contentType: "HTML", content: "<p>Booked online</p>" },
    start: { dateTime: "2031-03-03T09:00:00", timeZone: "Europe/Paris" },
    end: { dateTime: "2031-03-03T09:30:00", timeZone: "Europe/Paris" },
    attendees: [{ emailAddress: { address: "ann@example.org", name: "Ann" }, type: "required" as const }],
    isOnlineMeeting: true,
    onlineMeetingProvider: "teamsForBusiness" as const,
    ...changes,
  };
}

export const IMMUTABLE = { prefer: 'IdType="ImmutableId"' };

export interface Received {
  query: URLSearchParams;
  contentType: string;
  body: string;
}

/** A local app that Microsoft calls back. By default it shakes hands and accepts notifications. */
export async function startWebhook(
  answer: (received: Received) => { status: number; type?: string; body?: string; afterMs?: number } = ({
    query,
  }) =>
    query.has("validationToken")
      ? { status: 200, type: "text/plain", body: query.get("validationToken") ?? "" }
      : { status: 202 },
) {
  const received: Received[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(Buffer.from(chunk));
    const one: Received = {
      query: new URL(request.url ?? "/", "http://app").searchParams,
      contentType: request.headers["content-type"] ?? "",
      body: Buffer.concat(chunks).toString("utf8"),
    };
    received.push(one);
    const { status, type, body = "", afterMs = 0 } = answer(one);
    setTimeout(() => {
      response.writeHead(status, type ? { "content-type": type } : {});
      response.end(body);
    }, afterMs);
  });
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/notifications`,
    lifecycleUrl: `http://127.0.0.1:${port}/lifecycle`,
    received,
    notifications: () =>
      received
        .filter(({ query }) => !query.has("validationToken"))
        .flatMap(({ body }) => JSON.parse(body).value),
    close: () => new Promise<void>((closed) => server.close(() => closed())),
  };
}

/** Waits until Microsoft has nothing more to tell. */
export async function allNotified(stage: Stage): Promise<void> {
  await expect.poll(async () => (await stage.control.deliveries()).pending, { timeout: 5000 }).toBe(0);
}

export function inDays(days: number): string {
  return new Date(Date.now() + days * 86_400_000).toISOString();
}
