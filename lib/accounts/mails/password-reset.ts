import { env } from "@/lib/config/env";
import type { Tx } from "@/lib/database/client";
import { type AccountHolder, sendLetter } from "@/lib/outbox/send-letter";

/** The link with which an organizer sets a new password. */
export async function sendPasswordReset(
  tx: Tx,
  { token, ...holder }: AccountHolder & { token: string },
): Promise<void> {
  const site = env().APP_URL;
  await sendLetter(tx, holder, "password-reset", (words) => ({
    subject: words("passwordReset.subject"),
    paragraphs: [words("passwordReset.lead", { site })],
    actions: [{ label: words("passwordReset.action"), url: `${site}/reset-password/${token}` }],
    closing: [words("passwordReset.closing")],
  }));
}
