import { env } from "@/lib/config/env";
import type { Tx } from "@/lib/database/client";
import { type AccountHolder, sendLetter } from "@/lib/outbox/send-letter";

export type PasskeyChange = "added" | "removed" | "copied" | "passwordRemoved";

/** Notifies an account's holder that a passkey, or the password, was added or taken away, or that a passkey seems to be copied. */
export async function sendPasskeyChanged(
  tx: Tx,
  holder: AccountHolder,
  { change, passkey }: { change: PasskeyChange; passkey: string },
): Promise<void> {
  const site = env().APP_URL;
  await sendLetter(tx, holder, "way-in-changed", (words) => ({
    subject: words(`passkey.${change}Subject`),
    paragraphs: [words(`passkey.${change}`, { passkey, site }), words("passkey.closing")],
    actions: [{ label: words("wayIn.action"), url: `${site}/account/security` }],
  }));
}
