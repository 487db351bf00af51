import { setTimeout as wait } from "node:timers/promises";
import {
  badTenant,
  type EntraError,
  entraErrorReply,
  entraHeaders,
  invalidGrant,
  invalidRequest,
  missingParameter,
} from "@/tests/emulator/entra/aadsts";
import { authenticateClient } from "@/tests/emulator/entra/client-authentication";
import { missingConsent, scopesForAccount } from "@/tests/emulator/entra/consent";
import { parseScopes } from "@/tests/emulator/entra/scopes";
import { readTenantSegment, refuseAccount, type TenantSegment } from "@/tests/emulator/entra/tenant-segment";
import { type Grant, issueTokens } from "@/tests/emulator/entra/tokens";
import { matchesAccount, type TokenFault } from "@/tests/emulator/faults";
import { type Answer, type Call, formOf, json } from "@/tests/emulator/http";
import { randomToken, sha256 } from "@/tests/emulator/ids";
import type { Account, App, AuthorizationCode } from "@/tests/emulator/state";
import type { World } from "@/tests/emulator/world";

const CODE_LIFE_MS = 10 * 60_000;
const REFRESH_IDLE_MS = 90 * 24 * 3_600_000;

interface Redeemed {
  account: Account;
  scopes: string[];
  nonce: string | null;
  /** Run once the tokens are made. */
  used: () => void;
}

type Outcome = { ok: true; redeemed: Redeemed } | { ok: false; failure: EntraError };

/** POST /{tenant}/oauth2/v2.0/token. */
export async function token(world: World, call: Call, segment: string): Promise<Answer> {
  const refuse = (failure: EntraError) => entraErrorReply(failure, call);
  const tenant = readTenantSegment(world.state, segment);
  if (!tenant) return refuse(badTenant(segment));
  if (!/^application\/x-www-form-urlencoded\b/i.test(call.headers["content-type"] ?? "")) {
    return refuse(missingParameter("grant_type"));
  }
  const form = formOf(call);
  const grantType = form.get("grant_type");
  if (!grantType) return refuse(missingParameter("grant_type"));
  const client = await authenticateClient(world, call, form);
  if (!client.ok) return refuse(client.failure);
  if (
    grantType !== "authorization_code" &&
    grantType !== "refresh_token" &&
    grantType !== "client_credentials"
  ) {
    return refuse({
      status: 400,
      error: "unsupported_grant_type",
      aadsts: 70003,
      text: `The app requested an unsupported grant type '${grantType}'.`,
    });
  }
  const fault = takeFault(world, form, grantType);
  if (fault?.delayMs) await wait(fault.delayMs);
  if (fault?.when === "before" && fault.outcome !== "pass") return failed(fault, call);
  if (grantType === "client_credentials") return appOnlyToken(world, client.app, form, tenant, call);

  const outcome =
    grantType === "authorization_code"
      ? redeemCode(world, client.app, form, segment)
      : redeemRefreshToken(world, client.app, form);
  if (!outcome.ok) return refuse(outcome.failure);
  const { redeemed } = outcome;
  const refused = refuseAccount(tenant, redeemed.account, client.app);
  if (refused) return refuse({ ...refused, error: "invalid_grant" });

  const grant: Grant = {
    clientId: client.app.clientId,
    account: redeemed.account,
    scopes: redeemed.scopes,
    nonce: redeemed.nonce,
    continuous: declaresContinuousAccess(form.get("claims")),
    wantsClientInfo: form.get("client_info") === "1",
    origin: call.url.origin,
  };
  redeemed.used();
  const body = await issueTokens(world, grant, fault);
  if (fault && fault.outcome !== "pass") return failed(fault, call);
  return json(200, body, entraHeaders());
}

/** An app signs in as itself, in one tenant alone. */
function appOnlyToken(
  world: World,
  app: App,
  form: URLSearchParams,
  tenant: TenantSegment,
  call: Call,
): Answer {
  if (tenant.kind !== "tenant") {
    return entraErrorReply(
      invalidRequest(
        50059,
        "No tenant-identifying information found in either the request or implied by any provided credentials.",
      ),
      call,
    );
  }
  if (!/^https:\/\/graph\.microsoft\.com\/\.default$/.test(form.get("scope")?.split(" ")[0] ?? "")) {
    return entraErrorReply(
      {
        status: 400,
        error: "invalid_scope",
        aadsts: 1002012,
        text: "The provided value for scope is not valid. Client credential flows must have a scope value with /.default suffixed to the resource identifier.",
      },
      call,
    );
  }
  const seconds = world.state.settings.accessTokenSeconds ?? 3599;
  const value = `app-only.${app.clientId}.${randomToken(40)}`;
  const issuedAt = Date.now();
  world.state.accessTokens[value] = {
    token: value,
    clientId: app.clientId,
    accountId: "",
    scopes: [],
    issuedAt,
    expiresAt: issuedAt + seconds * 1000,
    continuous: false,
    tenantId: tenant.tenantId,
  };
  const token = { token_type: "Bearer", expires_in: seconds, ext_expires_in: seconds };
  return json(200, { ...token, access_token: value }, entraHeaders());
}

function redeemCode(world: World, app: App, form: URLSearchParams, segment: string): Outcome {
  const value = form.get("code");
  if (!value) return refused(missingParameter("code"));
  const code = world.state.codes[value];
  if (!code || code.clientId !== app.clientId) {
    return refused(invalidGrant(9002313, "Invalid request. Request is malformed or invalid."));
  }
  if (code.redeemed) {
    return refused(
      invalidGrant(
        54005,
        "OAuth2 Authorization code was already redeemed, please retry with a new valid code or use an existing refresh token.",
      ),
    );
  }
  if (Date.now() - code.issuedAt > CODE_LIFE_MS) {
    return refused(
      invalidGrant(
        70008,
        "The provided authorization code or refresh token has expired due to inactivity. Send a new interactive authorization request for this user and resource.",
      ),
    );
  }
  const redirectUri = form.get("redirect_uri");
  if (!redirectUri) return refused(missingParameter("redirect_uri"));
  if (redirectUri !== code.redirectUri) {
    return refused(
      invalidGrant(
        500112,
        `The reply address '${redirectUri}' does not match the reply address '${code.redirectUri}' provided when requesting Authorization code.`,
      ),
    );
  }
  if (segment.toLowerCase() !== code.tenantSegment) {
    return refused(
      invalidGrant(
        700005,
        "The provided Authorization Code is intended to be used against another tenant, thus it can't be redeemed here. OAuth2 Authorization Code must be redeemed against same tenant it was acquired for (/common or /{tenant-ID} as appropriate).",
      ),
    );
  }
  if (!verifierMatches(code, form.get("code_verifier"))) {
    return refused(
      invalidGrant(
        501481,
        "The Code_Verifier does not match the code_challenge supplied in the authorization request.",
      ),
    );
  }
  const account = world.state.accounts[code.accountId];
  if (!account) return refused(userIsGone());
  const scopes = requestedScopes(world, app, account, form.get("scope"), code.scopes);
  if (!scopes.ok) return scopes;
  const used = () => {
    code.redeemed = true;
  };
  return { ok: true, redeemed: { account, scopes: scopes.scopes, nonce: code.nonce, used } };
}

/** Each use gives a new refresh token; the old one stays valid, as at Microsoft. */
function redeemRefreshToken(world: World, app: App, form: URLSearchParams): Outcome {
  const value = form.get("refresh_token");
  if (!value) return refused(missingParameter("refresh_token"));
  const known = world.state.refreshTokens[value];
  if (!known) return refused(invalidGrant(9002313, "Invalid request. Request is malformed or invalid."));
  if (known.clientId !== app.clientId) {
    return refused(invalidGrant(700007, "The grant was not issued for this client.", "client_mismatch"));
  }
  const account = world.state.accounts[known.accountId];
  if (!account || account.status === "deleted") return refused(userIsGone());
  if (account.status === "disabled") return refused(invalidGrant(50057, "The user account is disabled."));
  if (known.issuedAt <= account.sessionsRevokedAt) {
    return refused(
      invalidGrant(
        50173,
        "The provided grant has expired due to it being revoked, a fresh auth token is needed. The user might have changed or reset their password.",
        "bad_token",
      ),
    );
  }
  if (known.issuedAt <= account.refreshTokensExpiredAt || Date.now() - known.issuedAt > REFRESH_IDLE_MS) {
    return refused(
      invalidGrant(
        700082,
        "The refresh token has expired due to inactivity. The token was issued earlier and was inactive for 90.00:00:00.",
        "bad_token",
      ),
    );
  }
  const scopes = requestedScopes(world, app, account, form.get("scope"), known.scopes);
  if (!scopes.ok) return scopes;
  const withOffline = [...new Set([...scopes.scopes, "offline_access"])];
  return { ok: true, redeemed: { account, scopes: withOffline, nonce: null, used: () => {} } };
}

/** At the token endpoint `scope` may be left out (all that was asked before) or ask for less. */
function requestedScopes(
  world: World,
  app: App,
  account: Account,
  parameter: string | null,
  before: string[],
): { ok: true; scopes: string[] } | { ok: false; failure: EntraError } {
  const parsed = parameter
    ? parseScopes(parameter, app.permissions)
    : ({ ok: true, scopes: before } as const);
  if (!parsed.ok) {
    return refused({ status: 400, error: "invalid_scope", aadsts: parsed.aadsts, text: parsed.text });
  }
  const possible = scopesForAccount(world, account, parsed.scopes);
  if (possible === "invalid_scope") {
    return refused({
      status: 400,
      error: "invalid_scope",
      aadsts: 70011,
      text: "The scope 'OnlineMeetings.ReadWrite' is not valid for personal Microsoft accounts.",
    });
  }
  if (missingConsent(world, app.clientId, account, possible).length > 0) {
    return refused(
      invalidGrant(
        65001,
        `The user or administrator has not consented to use the application with ID '${app.clientId}' named '${app.name}'. Send an interactive authorization request for this user and resource.`,
        "consent_required",
      ),
    );
  }
  // Whether a refresh token comes was settled at /authorize.
  const offline = before.includes("offline_access") ? ["offline_access"] : [];
  const asked = possible.filter((scope) => scope !== "offline_access");
  return { ok: true, scopes: [...asked, ...offline] };
}

function verifierMatches(code: AuthorizationCode, verifier: string | null): boolean {
  if (!code.challenge) return verifier === null;
  if (!verifier) return false;
  const given = code.challenge.method === "S256" ? sha256(verifier).toString("base64url") : verifier;
  return given === code.challenge.value;
}

function declaresContinuousAccess(claims: string | null): boolean {
  return claims?.includes('"xms_cc"') === true && claims.includes("cp1");
}

function takeFault(world: World, form: URLSearchParams, grantType: string): TokenFault | null {
  const { codes, refreshTokens, accounts } = world.state;
  const source = codes[form.get("code") ?? ""] ?? refreshTokens[form.get("refresh_token") ?? ""];
  const account = accounts[source?.accountId ?? ""] ?? null;
  return world.faults.token.take(
    (fault) =>
      (fault.grantType === undefined || fault.grantType === grantType) &&
      matchesAccount(fault.account, account),
  );
}

function failed(fault: TokenFault, call: Call): Answer {
  if (fault.outcome === "drop" || fault.outcome === "hang") return fault.outcome;
  if (fault.body !== undefined) {
    return {
      status: fault.status,
      headers: { "content-type": "text/html; charset=utf-8" },
      body: fault.body,
    };
  }
  return entraErrorReply(fault, call);
}

function userIsGone(): EntraError {
  return invalidGrant(
    50034,
    "The user account does not exist in the directory. To sign into this application, the account must be added to the directory.",
    "bad_token",
  );
}

function refused(failure: EntraError): { ok: false; failure: EntraError } {
  return { ok: false, failure };
}
