/**
 * An OpenID Connect provider of the operator's choice (OpenID Connect Core 1.0). openid-client discovers it, and checks what comes back:
 * state, nonce, PKCE, issuer, audience, time and signature.
 */
import * as client from "openid-client";
import { z } from "zod";
import { env } from "@/lib/config/env";
import { log } from "@/lib/config/log";
import { isLoopbackHost } from "@/lib/config/loopback";
import type { Proof, ProvenPerson, Unproven } from "@/lib/identities/person";
import { cutText } from "@/lib/input/cut";
import { err, ok, type Result } from "@/lib/result";

const timeoutSeconds = 10;
/** A provider that moves its endpoints is followed within this. */
const freshMs = 3600_000;

const globals = globalThis as {
  bellhopOpenidProvider?: { reading: Promise<client.ServerMetadata>; readAt: number } | undefined;
};

/** Throws what discovery throws; the next call tries again. */
function metadata(): Promise<client.ServerMetadata> {
  const known = globals.bellhopOpenidProvider;
  if (known && Date.now() - known.readAt < freshMs) return known.reading;
  const reading = discover();
  globals.bellhopOpenidProvider = { reading, readAt: Date.now() };
  reading.catch(() => {
    globals.bellhopOpenidProvider = undefined;
  });
  return reading;
}

async function discover(): Promise<client.ServerMetadata> {
  const { OIDC_ISSUER = "", OIDC_CLIENT_ID = "", OIDC_CLIENT_SECRET } = env();
  const found = await client.discovery(new URL(OIDC_ISSUER), OIDC_CLIENT_ID, OIDC_CLIENT_SECRET, undefined, {
    timeout: timeoutSeconds,
    execute: isPlain() ? [client.allowInsecureRequests] : [],
  });
  return found.serverMetadata();
}

/** Only a provider on this machine. */
function isPlain(): boolean {
  const { protocol, hostname } = new URL(env().OIDC_ISSUER ?? "https://unset.invalid");
  return protocol === "http:" && isLoopbackHost(hostname);
}

/** One for each sign-in: it reads the provider's keys anew, so that a new key is known from its first token on. */
async function provider(): Promise<client.Configuration> {
  const { OIDC_CLIENT_ID = "", OIDC_CLIENT_SECRET = "" } = env();
  const server = await metadata();
  // Basic is what a provider takes that says nothing (OpenID Connect Discovery 1.0, 3).
  const takesPost = server.token_endpoint_auth_methods_supported?.includes("client_secret_post") ?? false;
  const authenticate = takesPost ? client.ClientSecretPost : client.ClientSecretBasic;
  const config = new client.Configuration(
    server,
    OIDC_CLIENT_ID,
    OIDC_CLIENT_SECRET,
    authenticate(OIDC_CLIENT_SECRET),
  );
  config.timeout = timeoutSeconds;
  client.enableNonRepudiationChecks(config);
  if (isPlain()) client.allowInsecureRequests(config);
  return config;
}

/** Where people return to: at the address (origin) of this server where they set out. */
const redirectUri = (at: string = env().APP_URL) => `${at}/api/auth/oidc/callback`;

/** Where the browser goes; null when the provider can't be reached. */
export async function askProvider(
  { state, nonce, challenge }: Omit<Proof, "verifier"> & { challenge: string },
  { selectAccount, at }: { selectAccount: boolean; at?: string | undefined },
): Promise<string | null> {
  try {
    return client.buildAuthorizationUrl(await provider(), {
      redirect_uri: redirectUri(at),
      scope: env().OIDC_SCOPES,
      state,
      nonce,
      code_challenge: challenge,
      code_challenge_method: "S256",
      ...(selectAccount ? { prompt: "login" } : {}),
    }).href;
  } catch (error) {
    log().error({ error }, "The OpenID Connect provider could not be discovered");
    return null;
  }
}

/** Claims that may be missing, or something else than their name says, are as good as missing. */
const claims = z.object({
  iss: z.string(),
  sub: z.string().min(1).max(255),
  email: z.email().max(254).nullish().catch(null),
  email_verified: z.boolean().nullish().catch(null),
  name: z.string().nullish().catch(null),
  preferred_username: z.string().nullish().catch(null),
});

/** Who came back. Call it only once `state` is known to be ours. */
export async function readProvider(
  query: URLSearchParams,
  { state, nonce, verifier }: Proof,
  at?: string,
): Promise<Result<ProvenPerson, { code: Unproven; detail: string }>> {
  try {
    const config = await provider();
    const back = new URL(`${redirectUri(at)}?${query}`);
    const tokens = await client.authorizationCodeGrant(config, back, {
      pkceCodeVerifier: verifier,
      expectedState: state,
      expectedNonce: nonce,
      idTokenExpected: true,
    });
    const inToken = claims.parse(tokens.claims());
    const more = inToken.email ? inToken : await askUserInfo(config, tokens.access_token, inToken);
    return ok({
      provider: "oidc",
      issuer: inToken.iss,
      subject: inToken.sub,
      email: more.email?.toLowerCase() ?? null,
      isEmailVerified: more.email_verified ?? null,
      name: more.name?.trim() || more.preferred_username?.trim() || null,
      tenantId: null,
      roles: [],
    });
  } catch (error) {
    return err(codeOf(error), { detail: detailOf(error) });
  }
}

/** Some providers keep the address out of the id_token. Without an answer, what is there has to do. */
async function askUserInfo(
  config: client.Configuration,
  accessToken: string,
  inToken: z.output<typeof claims>,
): Promise<z.output<typeof claims>> {
  if (!config.serverMetadata().userinfo_endpoint) return inToken;
  try {
    const info = await client.fetchUserInfo(config, accessToken, inToken.sub);
    return claims.parse({ ...inToken, ...info, iss: inToken.iss, sub: inToken.sub });
  } catch (error) {
    log().warn({ error }, "The OpenID Connect provider did not say more about a person");
    return inToken;
  }
}

/** What openid-client calls an answer that is late, is an error page, or is nothing it can read. */
const noAnswer = new Set(["OAUTH_TIMEOUT", "OAUTH_RESPONSE_IS_NOT_CONFORM", "OAUTH_RESPONSE_IS_NOT_JSON"]);

function codeOf(error: unknown): Unproven {
  if (error instanceof client.AuthorizationResponseError) {
    if (error.error === "access_denied") return "declined";
    if (error.error === "server_error" || error.error === "temporarily_unavailable") return "unavailable";
    return error.error === "unauthorized_client" || error.error === "invalid_scope"
      ? "misconfigured"
      : "sign_in_failed";
  }
  if (error instanceof client.ResponseBodyError) {
    return error.error === "invalid_client" || error.error === "unauthorized_client"
      ? "misconfigured"
      : "sign_in_failed";
  }
  if (error instanceof client.ClientError) {
    return noAnswer.has(error.code ?? "") ? "unavailable" : "identity_refused";
  }
  return error instanceof TypeError ? "unavailable" : "identity_refused";
}

/** Codes and claim names, for support; never a token. */
function detailOf(error: unknown): string {
  if (!(error instanceof Error)) return "unknown";
  const code = "code" in error && typeof error.code === "string" ? error.code : error.name;
  const more = "error" in error && typeof error.error === "string" ? ` ${error.error}` : "";
  return cutText(`${code}${more}`, 100);
}

/** Where a person ends their session at the provider too; null where it has no such place, or does not answer. */
export async function signOutAddress(): Promise<string | null> {
  try {
    const config = await provider();
    if (!config.serverMetadata().end_session_endpoint) return null;
    return client.buildEndSessionUrl(config, {
      post_logout_redirect_uri: `${env().APP_URL}/sign-in`,
    }).href;
  } catch {
    return null;
  }
}
