/** Microsoft as an identity provider, through the registration that organizers connect their calendars with. */
import type { Proof, ProvenPerson, Unproven } from "@/lib/identities/person";
import { ProviderError } from "@/lib/meetings/provider";
import { signInPort } from "@/lib/meetings/registry-sign-in";
import { err, ok, type Result } from "@/lib/result";

const port = () => signInPort("teams");

/** Where the browser goes. `selectAccount` lets the person choose another account than the one they are signed in with. */
export function askMicrosoft(
  proof: Omit<Proof, "verifier"> & { challenge: string },
  { selectAccount, at }: { selectAccount: boolean; at?: string | undefined },
): Promise<string> {
  return port().askWho({ ...proof, selectAccount, at });
}

/** Who came back. Call it only once `state` is known to be ours. */
export async function readMicrosoft(
  query: URLSearchParams,
  { nonce, verifier }: Proof,
  at?: string,
): Promise<Result<ProvenPerson, { code: Unproven; detail: string }>> {
  const answer = port().readAnswer(query);
  if (!answer.ok) {
    const { code, detail } = answer.error;
    return err(code === "scope_refused" ? "misconfigured" : code, { detail });
  }
  try {
    const found = await port().recognize({
      authorizationCode: answer.value.authorizationCode,
      verifier,
      nonce,
      at,
    });
    if (!found.ok) {
      const { code, detail } = found.error;
      return err(code === "token_exchange_failed" ? "sign_in_failed" : code, { detail });
    }
    const { tenantId, accountId, email, name, roles } = found.value;
    return ok({
      provider: "microsoft",
      issuer: issuerOf(tenantId),
      subject: accountId.toLowerCase(),
      email: email?.toLowerCase() ?? null,
      isEmailVerified: null,
      name,
      tenantId: tenantId.toLowerCase(),
      roles,
    });
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    const code = error.retryable ? "unavailable" : "misconfigured";
    return err(code, { detail: error.details.vendorCode ?? error.message });
  }
}

/** A tenant is one issuer, whichever of its hosts it was reached by. */
export const issuerOf = (tenantId: string) =>
  `https://login.microsoftonline.com/${tenantId.toLowerCase()}/v2.0`;

/**
 * True when one of these domains is verified in that tenant. What an id_token says of addresses plays no part: any tenant's administrator
 * can write them (Microsoft: migrate-off-email-claim-authorization). Throws `ProviderError` when Microsoft does not answer.
 */
export async function isTenantOfDomains(tenantId: string, domains: readonly string[]): Promise<boolean> {
  const tenants = await Promise.all(domains.map((domain) => port().tenantOf(domain)));
  return tenants.includes(tenantId);
}
