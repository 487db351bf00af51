import { createRemoteJWKSet, decodeProtectedHeader, errors, jwtVerify } from "jose";
import { log } from "@/lib/config/log";
import type { Registration } from "@/lib/registration/registration";

const timeoutMs = 8_000;
const skewSeconds = 300;

type KeySet = ReturnType<typeof createRemoteJWKSet>;

const keySets = new Map<string, KeySet>();

/** Microsoft's keys change without notice; an unknown one is looked for immediately (Microsoft: signing-key-rollover). */
function keysOf({ loginUrl, tenant }: Pick<Registration, "loginUrl" | "tenant">): KeySet {
  const address = `${loginUrl}/${encodeURIComponent(tenant)}/discovery/v2.0/keys`;
  const known = keySets.get(address);
  if (known) return known;
  const made = createRemoteJWKSet(new URL(address), { timeoutDuration: timeoutMs, cooldownDuration: 0 });
  keySets.set(address, made);
  return made;
}

/**
 * Whether Microsoft signed this id_token for that tenant. The token came from the token endpoint over TLS, which is enough where the keys
 * can't be had (OpenID Connect Core, 3.1.3.7, 6): then the answer is true, and the log says so.
 */
export async function isSignedByMicrosoft(
  idToken: string,
  tenantId: string,
  app: Pick<Registration, "loginUrl" | "tenant">,
): Promise<boolean> {
  const keys = keysOf(app);
  try {
    await jwtVerify(idToken, keys, { algorithms: ["RS256"], clockTolerance: skewSeconds });
    const { kid } = decodeProtectedHeader(idToken);
    const key: { kid?: string; issuer?: unknown } | undefined = keys
      .jwks()
      ?.keys.find((one) => one.kid === kid);
    return isKeyFor(tenantId, key?.issuer);
  } catch (error) {
    const isVerdict =
      error instanceof errors.JWSSignatureVerificationFailed ||
      error instanceof errors.JWKSNoMatchingKey ||
      error instanceof errors.JWKSMultipleMatchingKeys ||
      error instanceof errors.JOSEAlgNotAllowed ||
      error instanceof errors.JWSInvalid ||
      error instanceof errors.JWTInvalid ||
      error instanceof errors.JWTExpired ||
      error instanceof errors.JWTClaimValidationFailed;
    if (isVerdict) return false;
    log().warn(
      { error },
      "Microsoft's signing keys could not be read: an id_token was taken on its TLS alone",
    );
    return true;
  }
}

/** A key may be for one tenant only; the template is for any (Microsoft: access-tokens). */
function isKeyFor(tenantId: string, issuer: unknown): boolean {
  if (typeof issuer !== "string") return true;
  return issuer.includes("{tenantid}") || issuer.includes(`/${tenantId}/`);
}
