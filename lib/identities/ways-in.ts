import type { OwnerScope } from "@/lib/auth/owner-scope";
import { env } from "@/lib/config/env";
import type { Tx } from "@/lib/database/client";
import { passkeySite } from "@/lib/identities/passkey-site";
import type { IdentityProvider } from "@/lib/identities/person";
import { registration } from "@/lib/registration/registration";
import { isComplete, isDraft } from "@/lib/registration/setup-state";

export interface WaysIn {
  password: boolean;
  /** Passkeys are ways of our own, as passwords are: where an operator leaves them to a provider, there are neither. */
  passkeys: boolean;
  /** In the order of the page. */
  providers: readonly IdentityProvider[];
}

/** The ways to sign in that this server offers: what SIGN_IN lists, as far as it is set up. */
export async function listWaysIn(): Promise<WaysIn> {
  const listed = env().SIGN_IN;
  const providers: IdentityProvider[] = [];
  if (listed.includes("microsoft") && (await isRegistered())) providers.push("microsoft");
  if (listed.includes("oidc")) providers.push("oidc");
  const password = listed.includes("password");
  return { password, passkeys: password && passkeySite() !== null, providers };
}

async function isRegistered(): Promise<boolean> {
  const app = await registration();
  return isComplete(app) && !isDraft(app);
}

/** One way in that is about to go. */
export interface Without {
  identityId?: string;
  passkeyId?: string;
  password?: true;
}

/** The ways that lead into this account today, without one of them. Each counts only while this server offers it. */
export async function countWaysIn(
  tx: Tx,
  { ownerId: userId }: OwnerScope,
  offered: WaysIn,
  { identityId, passkeyId, password }: Without,
): Promise<number> {
  const { passwordHash } = await tx.user.findUniqueOrThrow({
    where: { id: userId },
    select: { passwordHash: true },
  });
  const identities = await tx.identity.count({
    where: {
      userId,
      provider: { in: [...offered.providers] },
      ...(identityId ? { id: { not: identityId } } : {}),
    },
  });
  const passkeys = offered.passkeys
    ? await tx.passkey.count({
        where: { userId, copiedAt: null, ...(passkeyId ? { id: { not: passkeyId } } : {}) },
      })
    : 0;
  return identities + passkeys + (offered.password && passwordHash && !password ? 1 : 0);
}
