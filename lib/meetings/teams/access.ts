import { CipherError } from "@/lib/connections/cipher";
import { type Access, type AccessOptions, freshAccessToken, RenewalTimeout } from "@/lib/connections/tokens";
import { ProviderError } from "@/lib/meetings/provider";
import { refreshTokens } from "@/lib/meetings/teams/entra";

/**
 * The organizer's access token for Microsoft. `claims`: what Graph said the next one has to satisfy, as JSON.
 * Throws `ProviderError`: `not_connected`, `reconnect_needed`, or what renewing met.
 */
export async function accessFor(
  userId: string,
  options: AccessOptions = {},
  claims: string | null = null,
): Promise<Access> {
  const owner = { userId, provider: "teams" };
  try {
    const access = await freshAccessToken(owner, (held) => refreshTokens({ ...held, claims }), options);
    if (access.ok) return access.value;
    const { error } = access;
    const vendorCode = error.code === "reconnect_needed" ? error.reason : null;
    throw new ProviderError(
      error.code,
      "The organizer has no working connection.",
      vendorCode ? { vendorCode } : {},
    );
  } catch (error) {
    if (error instanceof CipherError) {
      throw new ProviderError("misconfigured", `The stored tokens do not open: ${error.message}`, {
        cause: error,
      });
    }
    if (error instanceof RenewalTimeout) {
      throw new ProviderError("unavailable", error.message, { vendorCode: error.code, cause: error });
    }
    throw error;
  }
}
