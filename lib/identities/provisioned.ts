import type { Tx } from "@/lib/database/client";
import { issuerOf } from "@/lib/identities/microsoft";
import { isGuid } from "@/lib/input/id";
import { registration } from "@/lib/registration/registration";

/**
 * Lets someone whom the organization's directory has just created sign in with Microsoft at once, where it names them by their object ID and
 * this server is for one tenant. An object ID that someone has already stays theirs. Only for new accounts: a directory can't open those
 * that were there before.
 */
export async function linkProvisioned(tx: Tx, userId: string, externalId: string): Promise<void> {
  const { tenant } = await registration();
  if (!isGuid(externalId) || !isGuid(tenant)) return;
  const [issuer, subject] = [issuerOf(tenant), externalId.toLowerCase()];
  await tx.identity.createMany({
    data: [{ userId, provider: "microsoft", issuer, subject }],
    skipDuplicates: true,
  });
}
