import { env } from "@/lib/config/env";
import type { IdentityProvider } from "@/lib/identities/person";
import { registration } from "@/lib/registration/registration";
import { isComplete, isDraft } from "@/lib/registration/setup-state";

export interface WaysIn {
  password: boolean;
  /** In the order of the page. */
  providers: readonly IdentityProvider[];
}

/** The ways to sign in that this server offers: what SIGN_IN lists, as far as it is set up. */
export async function listWaysIn(): Promise<WaysIn> {
  const listed = env().SIGN_IN;
  const providers: IdentityProvider[] = [];
  if (listed.includes("microsoft") && (await isRegistered())) providers.push("microsoft");
  if (listed.includes("oidc")) providers.push("oidc");
  return { password: listed.includes("password"), providers };
}

async function isRegistered(): Promise<boolean> {
  const app = await registration();
  return isComplete(app) && !isDraft(app);
}
