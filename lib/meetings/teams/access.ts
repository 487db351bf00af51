import { CipherError } from "@/lib/connections/cipher";
import { notePause } from "@/lib/connections/pause";
import {
  type Access,
  type AccessOptions,
  freshAccessToken,
  type Refresh,
  RenewalPaused,
  RenewalTimeout,
} from "@/lib/connections/tokens";
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
  const refresh: Refresh = async (held) => {
    try {
      return await refreshTokens({ ...held, claims });
    } catch (error) {
      const seconds = error instanceof ProviderError ? error.details.retryAfterSeconds : undefined;
      if (seconds) await notePause(owner, seconds);
      throw error;
    }
  };
  try {
    const access = await freshAccessToken(owner, refresh, options);
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
    if (error instanceof RenewalPaused) {
      throw new ProviderError("throttled", error.message, {
        vendorCode: error.code,
        retryAfterSeconds: error.seconds,
        cause: error,
      });
    }
    if (error instanceof RenewalTimeout) {
      throw new ProviderError("unavailable", error.message, { vendorCode: error.code, cause: error });
    }
    throw error;
  }
}
