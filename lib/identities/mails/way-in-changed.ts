import { env } from "@/lib/config/env";
import type { Tx } from "@/lib/database/client";
import type { IdentityProvider } from "@/lib/identities/person";
import { providerName } from "@/lib/identities/provider-name";
import { type AccountHolder, sendLetter } from "@/lib/outbox/send-letter";

interface WayInChange {
  change: "linked" | "unlinked";
  provider: IdentityProvider;
  /** The address at the provider, as far as it is known. */
  email: string | null;
}

/** Notifies an account's holder that a way to sign in was added or taken away, in case someone else did it. */
export async function sendWayInChanged(
  tx: Tx,
  holder: AccountHolder,
  { change, provider, email }: WayInChange,
): Promise<void> {
  const site = env().APP_URL;
  const values = { provider: providerName(provider), email: email ?? "", site };
  await sendLetter(tx, holder, "way-in-changed", (words) => ({
    subject: words(`wayIn.${change}Subject`, values),
    paragraphs: [
      words(email ? `wayIn.${change}` : `wayIn.${change}Nameless`, values),
      words("wayIn.closing"),
    ],
    actions: [{ label: words("wayIn.action"), url: `${site}/account/security` }],
  }));
}
