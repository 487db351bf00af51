/**
 * Microsoft's token endpoint. MSAL builds and sends each request; what comes back is kept as it came and judged here, by
 * `error` and `suberror` alone (Microsoft: v2-oauth2-auth-code-flow, "never by text").
 */
import { readFile } from "node:fs/promises";
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
import { type Credential, credentialKey, listCredentials } from "@/lib/registration/credentials";
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
  /** The token is to be this server's own: that one organization doesn't know it says nothing about its credentials. */
  isApplication?: boolean;
}

/** Sends one token request through MSAL, with the next credential when one is refused. */
export async function sendTokenRequest(
  ask: Ask,
  { scopes, tenantId, isApplication = false }: TokenRequest = {},
): Promise<TokenAnswer> {
  const registered = await registration();
  const isOpen = tenantOf(registered.tenant).kind !== "single";
  const app = tenantId && (isOpen || isApplication) ? { ...registered, tenant: tenantId } : registered;
  const credentials = listCredentials(app);
  const isInUse = (one: Credential) => credentialKey(one) === inUse;
  const inOrder = [...credentials.filter(isInUse), ...credentials.filter((one) => !isInUse(one))];
  let answer: TokenAnswer | null = null;
  for (const credential of inOrder) {
    const key = credentialKey(credential);
    answer = await sendWith(app, credential, ask, scopes);
    const error = errorOf(answer);
    if (error && isCredentialRefused(error, credential)) {
      await unlessFaulty(() => noteSecretRefused(key, detailOf(error)));
      continue;
    }
    if (answer.status !== null) inUse = key;
    if (answer.status === 200 && !error) await unlessFaulty(() => noteSecretTaken(key));
    break;
  }
  if (!answer) throw new ProviderError("misconfigured", "There is no client secret or certificate.");
  const error = errorOf(answer);
  if (error && credentialErrors.has(error.error) && !(isApplication && isUnknownToTenant(error)))
    await noteCredentialsRefused(detailOf(error));
  if (hasTakenClient(answer)) await noteCredentialsTaken();
  return answer;
}

/** A token, or a refusal of the organizer's grant alone: Microsoft looks at the client first (RFC 6749, 5.2). */
function hasTakenClient(answer: TokenAnswer): boolean {
  const error = errorOf(answer);
  return error ? reasonOf(error) !== null : answer.status === 200;
}

/**
 * The credential is refused, not what it was used for. A federated token that no entry of the app fits is called
 * `invalid_request` or `unauthorized_client` (Microsoft: workload-identity-federation, AADSTS70021 and AADSTS700213).
 */
export function isCredentialRefused(
  { error, error_codes }: z.output<typeof errorSchema>,
  { kind }: Credential,
): boolean {
  if (error === "invalid_client") return true;
  return kind === "federated" && isUnmatched(error_codes);
}

const isUnmatched = (numbers: number[] | null | undefined) =>
  numbers?.some((number) => [70021, 700211, 700212, 700213].includes(number)) === true;

/**
 * An organization that was asked for a token of this server's own has removed its app, or disabled it (Microsoft: AADSTS700016 and
 * 7000112, both `unauthorized_client`).
 */
export function isUnknownToTenant({ error, error_codes }: z.output<typeof errorSchema>): boolean {
  return error === "unauthorized_client" && !isUnmatched(error_codes);
}

/** The credential that Microsoft took last, so that an expired first one costs a second request only once. */
let inUse: string | null = null;

/** What is only noted for the admin must not spoil a token that is there. */
async function unlessFaulty(note: () => Promise<void>): Promise<void> {
  await note().catch((error) => log().error({ error }, "How the client secret fared could not be noted"));
}

/** Sends with this one credential, whatever comes of it. */
export async function sendWith(
  app: Registration,
  credential: Credential,
  ask: Ask,
  scopes?: string,
): Promise<TokenAnswer> {
  const network = new RecordingNetwork(scopes);
  let thrown: unknown;
  try {
    await ask(confidentialClient(app, credential, network), app);
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
  credential: Credential,
  networkClient?: INetworkModule,
): ConfidentialClientApplication {
  const base = `${loginUrl}/${tenant}`;
  return new ConfidentialClientApplication({
    auth: {
      clientId: clientId ?? "",
      ...proofOf(credential),
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

/** In MSAL's words. The token of a file is read each time: its platform replaces it about once an hour. */
function proofOf(credential: Credential) {
  switch (credential.kind) {
    case "federated":
      return { clientAssertion: async () => (await readFile(credential.tokenFile, "utf8")).trim() };
    case "certificate":
      return {
        clientCertificate: { thumbprintSha256: credential.thumbprint, privateKey: credential.privateKey },
      };
    case "secret":
      return { clientSecret: credential.value };
  }
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
