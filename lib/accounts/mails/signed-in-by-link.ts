import { env } from "@/lib/config/env";
import type { Tx } from "@/lib/database/client";
import { type AccountHolder, sendLetter } from "@/lib/outbox/send-letter";

/** Notifies an account's holder that someone came in by a link of the operator's. */
export async function sendSignedInByLink(tx: Tx, holder: AccountHolder): Promise<void> {
  await sendLetter(tx, holder, "signed-in-by-link", (words) => ({
    subject: words("signedInByLink.subject"),
    paragraphs: [words("signedInByLink.lead", { site: env().APP_URL })],
    closing: [words("signedInByLink.closing")],
  }));
}
