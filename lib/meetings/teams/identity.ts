/**
 * Who signed in, from the id_token. It comes straight from the token endpoint over TLS, which vouches for it in place of its signature
 * (OpenID Connect Core, 3.1.3.7, 6); everything else it claims is checked. MSAL compares the nonce alone.
 */
import { z } from "zod";
import { isLoopbackHost } from "@/lib/config/loopback";
import { microsoftClouds } from "@/lib/config/microsoft-values";
import type { Identity, Person } from "@/lib/meetings/sign-in-port";
import type { Registration } from "@/lib/registration/registration";
import { err, ok, type Result } from "@/lib/result";

/** Tenant of all personal Microsoft accounts (Microsoft: id-token-claims-reference). */
export const personalTenantId = "9188040d-6c67-4c5b-b112-36a304b66dad";

const claimsSchema = z.object({
  aud: z.string(),
  iss: z.string(),
  exp: z.number(),
  nbf: z.number().optional(),
  nonce: z.string(),
  tid: z.guid(),
  oid: z.guid(),
  name: z.string().nullish().catch(null),
  email: z.string().nullish().catch(null),
  preferred_username: z.string().nullish().catch(null),
  roles: z.array(z.string()).nullish().catch(null),
});

const skewSeconds = 300;

/** What the id_token has to be meant for. */
export type Expected = Pick<Registration, "clientId" | "loginUrl"> & { nonce: string };

/** Checks the id_token's claims against this sign-in. `why` names the claim that did not fit. */
export function processIdToken(
  idToken: string | null,
  expected: Expected,
  now = Date.now(),
): Result<Person, { code: "identity_refused"; why: string }> {
  const refused = (why: string) => err("identity_refused", { why });
  const parsed = claimsSchema.safeParse(payloadOf(idToken));
  if (!parsed.success)
    return refused(idToken ? String(parsed.error.issues[0]?.path[0] ?? "form") : "missing");
  const { aud, iss, exp, nbf = 0, nonce: givenNonce, tid, oid } = parsed.data;
  if (aud !== expected.clientId) return refused("aud");
  if (!isIssuer(iss, tid, expected)) return refused("iss");
  if (givenNonce !== expected.nonce) return refused("nonce");
  if (exp + skewSeconds < now / 1000) return refused("exp");
  if (nbf - skewSeconds > now / 1000) return refused("nbf");
  const { name, email, preferred_username: username, roles } = parsed.data;
  return ok({
    tenantId: tid,
    accountId: oid,
    accountKind: tid === personalTenantId ? "personal" : "work",
    name: name?.trim() || null,
    // Entra often leaves the address out; the sign-in name mostly is one (Microsoft: id-token-claims-reference).
    email: [email, username].find((text) => text && /^[^\s@#]+@[^\s@]+$/.test(text)) ?? null,
    roles: roles ?? [],
  });
}

/**
 * True when `allowed`, as it is configured, covers that tenant; a domain is left to Microsoft to check. `listed` are the tenants that
 * may come at all; empty: any.
 */
export function isTenantAllowed(
  { tenantId, accountKind }: Identity,
  allowed: string,
  listed: readonly string[],
): boolean {
  if (listed.length > 0 && !listed.includes(tenantId.toLowerCase())) return false;
  if (allowed === "organizations") return accountKind === "work";
  if (allowed === "consumers") return accountKind === "personal";
  const isGuid = z.guid().safeParse(allowed).success;
  return isGuid ? allowed.toLowerCase() === tenantId.toLowerCase() : true;
}

/**
 * Whether tokens of this sign-in host may name that issuer. China's keeps one host whichever of its two login hosts is used
 * (MSAL: AuthorityMetadata); an emulator on this machine signs in its own name or in that of the cloud it imitates.
 */
function isIssuer(issuer: string, tenantId: string, { loginUrl }: Expected): boolean {
  const ofTenant = `/${tenantId}/v2.0`;
  const login = loginUrl.replace("login.chinacloudapi.cn", "login.partner.microsoftonline.cn");
  if (issuer === `${login}${ofTenant}`) return true;
  if (!isLoopbackHost(new URL(loginUrl).hostname) || !URL.canParse(issuer)) return false;
  const isOfCloud = Object.values(microsoftClouds).some((cloud) => issuer === `${cloud.loginUrl}${ofTenant}`);
  return isOfCloud || (isLoopbackHost(new URL(issuer).hostname) && issuer.endsWith(ofTenant));
}

function payloadOf(idToken: string | null): unknown {
  try {
    return JSON.parse(Buffer.from(idToken?.split(".")[1] ?? "", "base64url").toString("utf8"));
  } catch {
    return null;
  }
}
