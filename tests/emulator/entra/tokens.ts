import { importJWK, type JWK, SignJWT, UnsecuredJWT } from "jose";
import { issuerOf } from "@/tests/emulator/entra/discovery";
import { grantedScopeText } from "@/tests/emulator/entra/scopes";
import type { TokenFault } from "@/tests/emulator/faults";
import {
  GRAPH_RESOURCE_ID,
  guid,
  pairwiseSubject,
  randomBetween,
  randomToken,
  sha256,
} from "@/tests/emulator/ids";
import type { Account } from "@/tests/emulator/state";
import type { World } from "@/tests/emulator/world";

const ID_TOKEN_SECONDS = 3600;

export interface Grant {
  clientId: string;
  account: Account;
  scopes: string[];
  nonce: string | null;
  /** The client said it understands claims challenges, so its tokens live a day. */
  continuous: boolean;
  wantsClientInfo: boolean;
  origin: string;
}

/** The body of a successful token answer; `twist` makes one thing in it wrong on purpose. */
export async function issueTokens(world: World, grant: Grant, twist: TokenFault | null) {
  forgetOldTokens(world);
  const left = new Set(twist?.twist === "fewer_scopes" ? twist.withoutScopes : []);
  const scopes = grant.scopes.filter((scope) => !left.has(scope));
  const expiresIn = lifetimeSeconds(world, grant);
  const hasOffline = scopes.includes("offline_access") && twist?.twist !== "no_refresh_token";
  const hasIdToken = scopes.includes("openid") && twist?.twist !== "no_id_token";
  const unset = { refresh_token: null, id_token: null, refresh_in: null, foci: null, spa_code: null };
  return {
    ...(twist?.twist === "nulls" ? unset : {}),
    token_type: "Bearer",
    scope: grantedScopeText(scopes),
    expires_in: expiresIn,
    ext_expires_in: expiresIn,
    access_token: await newAccessToken(world, { ...grant, scopes }, expiresIn),
    ...(hasOffline ? { refresh_token: newRefreshToken(world, { ...grant, scopes }) } : {}),
    ...(hasIdToken ? { id_token: await newIdToken(world, { ...grant, scopes }, twist) } : {}),
    ...(grant.wantsClientInfo && twist?.twist !== "no_client_info"
      ? { client_info: clientInfoOf(grant.account) }
      : {}),
  };
}

/** Keeps the state small: what ran out an hour ago will not be asked about again. */
function forgetOldTokens(world: World): void {
  const { accessTokens, codes } = world.state;
  const hourAgo = Date.now() - 3_600_000;
  for (const [value, token] of Object.entries(accessTokens)) {
    if (token.expiresAt < hourAgo && token.issuedAt < hourAgo) delete accessTokens[value];
  }
  for (const [value, code] of Object.entries(codes)) if (code.issuedAt < hourAgo) delete codes[value];
}

export function clientInfoOf(account: Account): string {
  return Buffer.from(JSON.stringify({ uid: account.id, utid: account.tenantId })).toString("base64url");
}

function lifetimeSeconds(world: World, grant: Grant): number {
  const fixed = world.state.settings.accessTokenSeconds;
  if (fixed !== null) return fixed;
  return grant.continuous ? randomBetween(72_000, 100_800) : randomBetween(3600, 5400);
}

/** Opaque to the app: even the JWT of a work account cannot be verified by anyone but Graph. */
async function newAccessToken(world: World, grant: Grant, expiresIn: number): Promise<string> {
  const token =
    grant.account.kind === "personal"
      ? `EwB4${randomToken(600)}`
      : await newGraphJwt(world, grant, expiresIn);
  const now = Date.now();
  world.state.accessTokens[token] = {
    token,
    clientId: grant.clientId,
    accountId: grant.account.id,
    scopes: grant.scopes,
    issuedAt: now,
    expiresAt: now + expiresIn * 1000,
    continuous: grant.continuous,
  };
  return token;
}

/** Like Graph's, the `nonce` in the header is replaced after signing, so the signature does not verify. */
async function newGraphJwt(world: World, grant: Grant, expiresIn: number): Promise<string> {
  const { account } = grant;
  const key = world.state.signingKeys.work;
  const now = Math.floor(Date.now() / 1000);
  const nonce = randomToken(24);
  const header = { typ: "JWT", nonce, alg: "RS256", x5t: key.kid ?? "", kid: key.kid ?? "" };
  const signed = await new SignJWT({
    aud: GRAPH_RESOURCE_ID,
    iss: `https://sts.windows.net/${account.tenantId}/`,
    iat: now,
    nbf: now,
    exp: now + expiresIn,
    appid: grant.clientId,
    name: account.name,
    oid: account.id,
    scp: grant.scopes.filter((scope) => scope !== "offline_access").join(" "),
    tid: account.tenantId,
    upn: account.email,
    uti: randomToken(16),
    ver: "1.0",
  })
    .setProtectedHeader(header)
    .sign(await importJWK(key, "RS256"));
  const [, payload, signature] = signed.split(".");
  const shown = { ...header, nonce: sha256(nonce).toString("base64url") };
  return [Buffer.from(JSON.stringify(shown)).toString("base64url"), payload, signature].join(".");
}

function newRefreshToken(world: World, grant: Grant): string {
  const token = `${grant.account.kind === "work" ? "1.AX0A" : "M.C5_"}${randomToken(400)}`;
  world.state.refreshTokens[token] = {
    token,
    clientId: grant.clientId,
    accountId: grant.account.id,
    scopes: grant.scopes,
    issuedAt: Date.now(),
  };
  return token;
}

async function newIdToken(world: World, grant: Grant, twist: TokenFault | null): Promise<string> {
  const { account, scopes } = grant;
  const wrong = twist?.twist;
  const tenantId = wrong === "wrong_tenant" ? guid() : account.tenantId;
  const now = Math.floor(Date.now() / 1000) - (wrong === "expired_id_token" ? 2 * ID_TOKEN_SECONDS : 0);
  const nonce = wrong === "wrong_nonce" ? guid() : grant.nonce;
  const profile = {
    name: account.name,
    oid: account.id,
    preferred_username: account.email,
  };
  const { work, personal } = world.state.signingKeys;
  return sign(
    {
      ver: "2.0",
      iss: issuer(wrong, grant.origin, tenantId),
      sub: pairwiseSubject(grant.clientId, account.id),
      aud: wrong === "wrong_audience" ? guid() : grant.clientId,
      iat: now,
      nbf: now,
      exp: now + ID_TOKEN_SECONDS,
      tid: tenantId,
      uti: randomToken(16),
      rh: `1.${randomToken(24)}.`,
      aio: randomToken(60),
      ...(nonce === null ? {} : { nonce }),
      ...(scopes.includes("profile") ? profile : {}),
      ...(scopes.includes("email") ? { email: account.email } : {}),
      ...(account.appRoles?.length ? { roles: account.appRoles } : {}),
    },
    account.kind === "work" ? work : personal,
    wrong,
  );
}

function issuer(wrong: string | undefined, origin: string, tenantId: string): string {
  if (wrong === "wrong_issuer") return "https://login.example/v2.0";
  return issuerOf(wrong === "cloud_issuer" ? "https://login.microsoftonline.com" : origin, tenantId);
}

async function sign(claims: Record<string, unknown>, key: JWK, wrong: string | undefined): Promise<string> {
  if (wrong === "unsigned") return new UnsecuredJWT(claims).encode();
  const kid = wrong === "unknown_key" ? guid() : (key.kid ?? "");
  const token = await new SignJWT(claims)
    .setProtectedHeader({ typ: "JWT", alg: "RS256", kid })
    .sign(await importJWK(key, "RS256"));
  if (wrong !== "bad_signature") return token;
  const [header, payload, signature = ""] = token.split(".");
  const broken = Buffer.from(signature, "base64url");
  broken[0] = (broken[0] ?? 0) ^ 0xff;
  return [header, payload, broken.toString("base64url")].join(".");
}
