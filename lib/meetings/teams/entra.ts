/** Signing in at Microsoft: each exchange is a function that sends and one that judges. */

import { env } from "@/lib/config/env";
import { callbackPath } from "@/lib/config/redirect-uri";
import type { TokenSet } from "@/lib/grants/tokens";
import { cutText } from "@/lib/input/cut";
import type { AuthorizeParameters, AuthorizeRefusal, Redemption } from "@/lib/meetings/sign-in-port";
import {
  confidentialClient,
  detailOf,
  errorOf,
  isUnknownToTenant,
  processTokenAnswer,
  type Refused,
  sendTokenRequest,
} from "@/lib/meetings/teams/token-endpoint";
import { withoutOptional } from "@/lib/registration/optional-scopes";
import { type Registration, registration } from "@/lib/registration/registration";
import { applicationScopes, listScopes } from "@/lib/registration/scopes";
import { err, ok, type Result } from "@/lib/result";

/** What is asked for: all of `configured`, or what is left of it for an account that can't have online meetings. */
export function scopesToAsk(
  configured: string,
  { withoutOnlineMeetings }: { withoutOnlineMeetings: boolean },
) {
  const scopes = configured.split(/\s+/).filter(Boolean);
  return withoutOnlineMeetings
    ? scopes.filter((scope) => !listScopes(scope).some((short) => /^OnlineMeetings\./i.test(short)))
    : scopes;
}

/** An address to sign in at carries no credential, but MSAL makes no client without one. */
const unsent = { kind: "secret", value: "not sent" } as const;

/**
 * The address at Microsoft where the organizer signs in and allows what is asked. MSAL adds openid, profile and
 * offline_access. There is no `prompt=consent`: it would trap people of tenants where only an administrator may consent.
 */
export async function authorizeRequest(parameters: AuthorizeParameters): Promise<string> {
  const { state, nonce, challenge, scopes, at, selectAccount, known } = parameters;
  const app = await registration();
  return confidentialClient(app, unsent).getAuthCodeUrl({
    redirectUri: redirectUriAt(app, at),
    responseMode: "query",
    scopes,
    state,
    nonce,
    codeChallenge: challenge,
    codeChallengeMethod: "S256",
    ...(selectAccount ? { prompt: "select_account" } : known ? hintsOf(known) : {}),
  });
}

/** Where people return to: at the address where they set out. */
function redirectUriAt({ redirectUri }: Pick<Registration, "redirectUri">, at: string | undefined): string {
  return at === undefined ? redirectUri : `${at}${callbackPath}`;
}

/** Spares someone who comes back the typing, and the choice between a work and a personal account of one address. */
function hintsOf({ email, accountKind }: NonNullable<AuthorizeParameters["known"]>) {
  return { loginHint: email, domainHint: accountKind === "work" ? "organizations" : "consumers" };
}

/** All that a sign-in asks for: who someone is, and nothing of theirs. */
const personScopes = "openid profile email";

/** The address at Microsoft where a person says who they are. MSAL would ask for offline_access too, which a sign-in has no use for. */
export async function personRequest(parameters: Omit<AuthorizeParameters, "scopes">): Promise<string> {
  const url = new URL(await authorizeRequest({ ...parameters, scopes: ["email"] }));
  url.searchParams.set("scope", personScopes);
  return url.href;
}

/** What one look at a visitor's calendar asks for: events without their texts, and no lasting access. */
const busyScope = "Calendars.ReadBasic";
const busyScopes = `openid profile ${busyScope}`;

/** The address at Microsoft where someone lets their calendar be looked at once. */
export async function busyTimesRequest(parameters: Omit<AuthorizeParameters, "scopes">): Promise<string> {
  const url = new URL(await authorizeRequest({ ...parameters, scopes: [busyScope] }));
  url.searchParams.set("scope", busyScopes);
  return url.href;
}

/**
 * The address at Microsoft where an administrator allows Bellhop for everyone in the organization. `tenant` is its id;
 * null where it is not known (Microsoft: v2-admin-consent; `common` is not taken there). `state` comes back unchanged.
 */
export async function adminConsentRequest(asked: { tenant: string | null; state: string }): Promise<string> {
  const app = await registration();
  const isOpen = ["common", "organizations", "consumers"].includes(app.tenant);
  const place = isOpen ? (asked.tenant ?? "organizations") : app.tenant;
  const url = new URL(`${app.loginUrl}/${place}/v2.0/adminconsent`);
  const scopes = new Set([
    ...scopesToAsk(app.scopes, { withoutOnlineMeetings: false }),
    "openid",
    "profile",
    "offline_access",
  ]);
  url.searchParams.set("client_id", app.clientId ?? "");
  url.searchParams.set("scope", [...scopes].join(" "));
  url.searchParams.set("redirect_uri", app.redirectUri);
  url.searchParams.set("state", asked.state);
  return url.href;
}

/**
 * What an administrator answered, as their browser says. Nothing in it is proof, `tenant` least of all: it may only be taken
 * as a hint that signing in is worth another try.
 */
export function processConsentAnswer(query: URLSearchParams): "approved" | "declined" {
  const isApproved = !query.has("error") && query.get("admin_consent")?.toLowerCase() === "true";
  return isApproved ? "approved" : "declined";
}

/**
 * Judges what Microsoft sent back with the organizer. Call it only once `state` is known to be ours.
 * `detail` is Microsoft's error with its AADSTS number, for support.
 */
export function processAuthorizeAnswer(
  query: URLSearchParams,
): Result<{ authorizationCode: string }, { code: AuthorizeRefusal; detail: string }> {
  const error = query.get("error");
  const authorizationCode = query.get("code");
  if (!error && authorizationCode) return ok({ authorizationCode });
  const number = /AADSTS(\d+)|[?&]code=(\d+)/.exec(
    `${query.get("error_description")} ${query.get("error_uri")}`,
  );
  const aadsts = number?.[1] ?? number?.[2];
  const detail = cutText(`${error ?? "no_code"}${aadsts ? ` AADSTS${aadsts}` : ""}`, 100);
  return err(refusalOf(error ?? "", aadsts), { detail });
}

/** An administrator has to approve (Microsoft: reference-error-codes). */
const administratorsNumbers = new Set(["90093", "90094", "90095", "900941"]);

function refusalOf(error: string, aadsts: string | undefined): AuthorizeRefusal {
  switch (error) {
    case "access_denied":
      // Mostly a decline and a wait for an administrator are one answer; both leave everything as it was.
      return administratorsNumbers.has(aadsts ?? "") ? "need_admin_approval" : "declined";
    case "consent_required":
      return "need_admin_approval";
    case "invalid_scope":
      return "scope_refused";
    case "invalid_request":
    case "unauthorized_client":
    case "unsupported_response_type":
    case "invalid_resource":
      return "misconfigured";
    case "server_error":
    case "temporarily_unavailable":
      return "unavailable";
    default:
      return "sign_in_failed";
  }
}

/** Redeems an authorization code. Throws `ProviderError` where the organizer is not the one to fix it. */
export async function redeemCode(
  given: Redemption,
): Promise<Result<TokenSet & { idToken: string | null }, Refused>> {
  const answer = await sendTokenRequest((client, app) =>
    client.acquireTokenByCode({
      code: given.authorizationCode,
      codeVerifier: given.verifier,
      nonce: given.nonce,
      redirectUri: redirectUriAt(app, given.at),
      scopes: given.scopes,
    }),
  );
  return processTokenAnswer(answer, given.scopes.join(" "));
}

/** Redeems the code of `personRequest`. Throws `ProviderError` where the person is not the one to fix it. */
export async function redeemPersonCode(
  given: Omit<Redemption, "scopes">,
): Promise<Result<TokenSet & { idToken: string | null }, Refused>> {
  return redeemOnce(given, "email", personScopes);
}

/** Redeems the code of `busyTimesRequest`. Throws `ProviderError` where the visitor is not the one to fix it. */
export async function redeemBusyTimesCode(
  given: Omit<Redemption, "scopes">,
): Promise<Result<TokenSet & { idToken: string | null }, Refused>> {
  return redeemOnce(given, busyScope, busyScopes);
}

/** Without offline_access, which MSAL would ask for. */
async function redeemOnce(
  given: Omit<Redemption, "scopes">,
  scope: string,
  scopes: string,
): Promise<Result<TokenSet & { idToken: string | null }, Refused>> {
  const answer = await sendTokenRequest(
    (client, app) =>
      client.acquireTokenByCode({
        code: given.authorizationCode,
        codeVerifier: given.verifier,
        nonce: given.nonce,
        redirectUri: redirectUriAt(app, given.at),
        scopes: [scope],
      }),
    { scopes },
  );
  return processTokenAnswer(answer, scopes);
}

/**
 * Renews an access token with what was granted, not with what is asked for today: a scope added later must not
 * end the connections made before. Throws `ProviderError` where the organizer is not the one to fix it.
 */
export async function refreshTokens(held: {
  refreshToken: string;
  scopes: string;
  /** The account's own organization, whose endpoint is asked. */
  tenantId: string;
  /** What Graph said the new token has to satisfy, as JSON. */
  claims: string | null;
}): Promise<Result<TokenSet, Refused>> {
  const { refreshToken, tenantId, claims } = held;
  const renew = async (granted: string) => {
    const scopes = granted.split(/\s+/).filter(Boolean);
    const answer = await sendTokenRequest(
      (client) => client.acquireTokenByRefreshToken({ refreshToken, scopes, ...(claims ? { claims } : {}) }),
      { tenantId },
    );
    return processTokenAnswer(answer, granted);
  };
  const renewed = await renew(held.scopes);
  if (renewed.ok || renewed.error.reason !== "consent_removed") return renewed;
  // Only an optional feature's permission may have been taken back: the rest works without it.
  const rest = withoutOptional(held.scopes, (await registration()).scopes);
  return rest === held.scopes.split(/\s+/).filter(Boolean).join(" ") ? renewed : renew(rest);
}

/**
 * An access token of this server's own for one organization (client credentials), which opens what its administrator allowed. There is no
 * refresh token: another one is asked for. `refused` where the organization has removed or disabled this app, or is managed no more.
 * Throws `ProviderError` as `redeemCode` does.
 */
export async function applicationTokens(
  tenantId: string,
  claims: string | null = null,
): Promise<Result<TokenSet, Refused>> {
  if (!env().TEAMS_MANAGED_TENANTS?.includes(tenantId))
    return err("refused", { reason: "consent_removed", detail: "not_managed" });
  const answer = await sendTokenRequest(
    (client, app) =>
      client.acquireTokenByClientCredential({
        scopes: [`${graphResource(app)}/${applicationScopes}`],
        ...(claims === null ? {} : { claims }),
      }),
    { tenantId, isApplication: true },
  );
  const error = errorOf(answer);
  if (error && isUnknownToTenant(error))
    return err("refused", { reason: "consent_removed", detail: detailOf(error) });
  const judged = processTokenAnswer(answer, applicationScopes);
  if (!judged.ok) return judged;
  const { idToken: _none, ...tokens } = judged.value;
  return ok(tokens);
}

/** An emulator takes the place of Graph under an address of its own, but not under a name of its own. */
export function graphResource({ graphUrl }: Pick<Registration, "graphUrl">): string {
  return graphUrl.startsWith("https:") ? graphUrl : "https://graph.microsoft.com";
}
