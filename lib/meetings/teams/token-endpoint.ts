/**
 * Microsoft's token endpoint. MSAL builds and sends each request; what comes back is kept as it came and judged here, by
 * `error` and `suberror` alone (Microsoft: v2-oauth2-auth-code-flow, "never by text").
 */
import {
  ConfidentialClientApplication,
  type INetworkModule,
  type NetworkRequestOptions,
} from "@azure/msal-node";
import { z } from "zod";
import { log } from "@/lib/config/log";
import type { TokenSet } from "@/lib/grants/tokens";
import { noteCredentialsRefused, noteCredentialsTaken } from "@/lib/meetings/operator-alert";
import { ProviderError } from "@/lib/meetings/provider";
import { noteReached, noteUnreached } from "@/lib/meetings/teams/outage";
import { retryAfterSeconds } from "@/lib/meetings/teams/retry-after";
import { type Registration, registration } from "@/lib/registration/registration";
import { noteSecretRefused, noteSecretTaken } from "@/lib/registration/secret-use";
import { tenantOf } from "@/lib/registration/setup-facts";
import { err, ok, type Result } from "@/lib/result";

export interface TokenAnswer {
  /** Null when no answer came. */
  status: number | null;
  body: unknown;
  requestId: string | null;
  retryAfterSeconds: number | null;
  sentAt: Date;
  cause?: unknown;
}

/** Only the organizer can fix it: `reason` is ours, `detail` Microsoft's error with its AADSTS number. */
export type Refused = { code: "refused"; reason: string; detail: string };

const timeoutMs = 10_000;

type Ask = (client: ConfidentialClientApplication, app: Registration) => Promise<unknown>;

interface TokenRequest {
  /** Asked for in place of MSAL's, which always has offline_access among them. */
  scopes?: string;
  /** Whose endpoint is asked where people of several organizations may sign in; left out: the one they sign in at. */
  tenantId?: string;
}

/** Sends one token request through MSAL, with the second client secret when the first is refused. */
export async function sendTokenRequest(
  ask: Ask,
  { scopes, tenantId }: TokenRequest = {},
): Promise<TokenAnswer> {
  const registered = await registration();
  const isOpen = tenantOf(registered.tenant).kind !== "single";
  const app = tenantId && isOpen ? { ...registered, tenant: tenantId } : registered;
  const secrets = [app.clientSecret, app.nextSecret].filter((secret) => secret !== null);
  if (secretInUse === app.nextSecret) secrets.reverse();
  let answer: TokenAnswer | null = null;
  for (const secret of secrets) {
    answer = await sendWith(app, secret, ask, scopes);
    const error = errorOf(answer);
    if (error?.error === "invalid_client") {
      await unlessFaulty(() => noteSecretRefused(secret, detailOf(error)));
      continue;
    }
    if (answer.status !== null) secretInUse = secret;
    if (answer.status === 200 && !error) await unlessFaulty(() => noteSecretTaken(secret));
    break;
  }
  if (!answer) throw new ProviderError("misconfigured", "There is no client secret.");
  const error = errorOf(answer);
  if (error && credentialErrors.has(error.error)) await noteCredentialsRefused(detailOf(error));
  if (hasTakenClient(answer)) await noteCredentialsTaken();
  return answer;
}

/** A token, or a refusal of the organizer's grant alone: Microsoft looks at the client first (RFC 6749, 5.2). */
function hasTakenClient(answer: TokenAnswer): boolean {
  const error = errorOf(answer);
  return error ? reasonOf(error) !== null : answer.status === 200;
}

/** The secret that Microsoft took last, so that an expired first one costs a second request only once. */
let secretInUse: string | null = null;

/** What is only noted for the admin must not spoil a token that is there. */
async function unlessFaulty(note: () => Promise<void>): Promise<void> {
  await note().catch((error) => log().error({ error }, "How the client secret fared could not be noted"));
}

/** Sends with this one secret, whatever comes of it. */
export async function sendWith(
  app: Registration,
  secret: string,
  ask: Ask,
  scopes?: string,
): Promise<TokenAnswer> {
  const network = new RecordingNetwork(scopes);
  let thrown: unknown;
  try {
    await ask(confidentialClient(app, secret, network), app);
  } catch (error) {
    thrown = error;
  }
  const { answer } = network;
  if (!answer)
    throw new ProviderError("misconfigured", "MSAL refused to send the token request.", { cause: thrown });
  // What MSAL thinks of an answer decides nothing: it is judged here, and the id_token where someone signs in.
  return answer;
}

/**
 * One client per call: MSAL keeps tokens and back-off times in the client, ours are in the database and in the jobs.
 * The authority is Microsoft's even where an emulator answers: MSAL accepts no other, but takes its endpoints as given.
 */
export function confidentialClient(
  { clientId, tenant, loginUrl }: Registration,
  clientSecret: string,
  networkClient?: INetworkModule,
): ConfidentialClientApplication {
  const base = `${loginUrl}/${tenant}`;
  return new ConfidentialClientApplication({
    auth: {
      clientId: clientId ?? "",
      clientSecret,
      authority: `https://login.microsoftonline.com/${tenant}`,
      authorityMetadata: JSON.stringify({
        issuer: `${base}/v2.0`,
        authorization_endpoint: `${base}/oauth2/v2.0/authorize`,
        token_endpoint: `${base}/oauth2/v2.0/token`,
        jwks_uri: `${base}/discovery/v2.0/keys`,
        end_session_endpoint: `${base}/oauth2/v2.0/logout`,
      }),
    },
    ...(networkClient ? { system: { networkClient } } : {}),
  });
}

/** Sends for MSAL, within a time limit, and remembers what came back: MSAL drops status, Retry-After and half of the error. */
class RecordingNetwork implements INetworkModule {
  answer: TokenAnswer | null = null;

  constructor(private readonly scopes?: string) {}

  sendGetRequestAsync<T>(): Promise<{ headers: Record<string, string>; body: T; status: number }> {
    throw new Error("A token request reads nothing else.");
  }

  private scoped(body: string): string {
    if (this.scopes === undefined) return body;
    const form = new URLSearchParams(body);
    form.set("scope", this.scopes);
    return form.toString();
  }

  async sendPostRequestAsync<T>(url: string, options?: NetworkRequestOptions) {
    const blank = { requestId: null, retryAfterSeconds: null, sentAt: new Date() };
    try {
      const response = await fetch(url, {
        method: "POST",
        headers: options?.headers ?? {},
        body: this.scoped(options?.body ?? ""),
        redirect: "error",
        signal: AbortSignal.timeout(timeoutMs),
      });
      void noteReached();
      const body = parseJson(await response.text());
      this.answer = {
        ...blank,
        status: response.status,
        body,
        requestId: response.headers.get("x-ms-request-id"),
        retryAfterSeconds: retryAfterSeconds(response.headers),
      };
      // MSAL reads members of the body without looking whether there is one.
      return {
        headers: Object.fromEntries(response.headers),
        body: (body ?? {}) as T,
        status: response.status,
      };
    } catch (cause) {
      this.answer = { ...blank, status: null, body: null, cause };
      if (!isTimeout(cause)) noteUnreached();
      throw cause;
    }
  }
}

const isTimeout = (cause: unknown) => cause instanceof Error && cause.name === "TimeoutError";

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

const tokensSchema = z.object({
  access_token: z.string().min(1),
  refresh_token: z.string().nullish(),
  id_token: z.string().nullish(),
  expires_in: z.coerce.number().positive(),
  scope: z.string().nullish(),
});

const errorSchema = z.object({
  error: z.string(),
  suberror: z.string().nullish(),
  error_codes: z.array(z.coerce.number()).nullish().catch(null),
});

/**
 * Judges what the token endpoint answered. `askedScopes` is in where the answer names none (RFC 6749, 5.1).
 * Throws `ProviderError` when no one but the operator or time can fix it.
 */
export function processTokenAnswer(
  answer: TokenAnswer,
  askedScopes: string,
): Result<TokenSet & { idToken: string | null }, Refused> {
  const error = errorOf(answer);
  if (answer.status === 200 && !error) {
    const tokens = tokensSchema.safeParse(answer.body);
    if (!tokens.success) throw fault("unavailable", answer, "unreadable_answer");
    const { access_token, refresh_token, id_token, expires_in, scope } = tokens.data;
    return ok({
      accessToken: access_token,
      refreshToken: refresh_token || null,
      idToken: id_token || null,
      expiresAt: new Date(answer.sentAt.getTime() + expires_in * 1000),
      tokenSeconds: Math.ceil(expires_in),
      scopes: scope || askedScopes,
    });
  }
  if (answer.status === 429) throw fault("throttled", answer, detailOf(error));
  if (answer.status === null || answer.status >= 500 || !error)
    throw fault("unavailable", answer, detailOf(error));
  const reason = reasonOf(error);
  if (reason) return refused(reason, detailOf(error));
  throw fault(operatorsErrors.has(error.error) ? "misconfigured" : "unavailable", answer, detailOf(error));
}

const operatorsErrors = new Set([
  "invalid_client",
  "unauthorized_client",
  "invalid_request",
  "invalid_scope",
  "invalid_resource",
  "unsupported_grant_type",
]);

/** The client itself is refused, no matter whose token it asks for. */
const credentialErrors = new Set(["invalid_client", "unauthorized_client"]);

const interactionSuberrors = new Set([
  "basic_action",
  "additional_action",
  "message_only",
  "user_password_expired",
]);

/** Why the organizer has to come back, or null when it is not theirs to fix. */
function reasonOf({ error, suberror }: z.output<typeof errorSchema>): string | null {
  if (error === "consent_required" || suberror === "consent_required") return "consent_removed";
  if (error === "interaction_required" || error === "login_required") return "sign_in_required";
  if (error !== "invalid_grant") return null;
  return interactionSuberrors.has(suberror ?? "") ? "sign_in_required" : "grant_ended";
}

/** What the endpoint said was wrong, or null. */
export function errorOf(answer: TokenAnswer): z.output<typeof errorSchema> | null {
  return errorSchema.safeParse(answer.body).data ?? null;
}

/** Microsoft's error and number, such as `invalid_grant AADSTS50173`: for support, never for decisions. */
export function detailOf(error: z.output<typeof errorSchema> | null): string {
  if (!error) return "no_answer";
  const number = error.error_codes?.[0];
  return number ? `${error.error} AADSTS${number}` : error.error;
}

function refused(reason: string, detail: string) {
  return err("refused", { reason, detail });
}

function fault(code: "misconfigured" | "unavailable" | "throttled", answer: TokenAnswer, detail: string) {
  return new ProviderError(code, `The token endpoint answered ${answer.status ?? "nothing"}: ${detail}`, {
    ...(answer.status === null ? {} : { status: answer.status }),
    ...(answer.requestId ? { requestId: answer.requestId } : {}),
    ...(answer.retryAfterSeconds === null ? {} : { retryAfterSeconds: answer.retryAfterSeconds }),
    vendorCode: detail,
    cause: answer.cause,
  });
}
