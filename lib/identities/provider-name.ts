import { env } from "@/lib/config/env";
import type { IdentityProvider } from "@/lib/identities/person";

/** What people call the provider: Microsoft, or the operator's own name for theirs. */
export function providerName(provider: IdentityProvider): string {
  return provider === "microsoft" ? "Microsoft" : env().OIDC_NAME;
}
