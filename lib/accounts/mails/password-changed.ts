import { env } from "@/lib/config/env";
import type { Tx } from "@/lib/database/client";
import { type AccountHolder, sendLetter } from "@/lib/outbox/send-letter";

/** Notifies an account's holder that the password was changed, and what happened to the API keys, in case someone else did it. */
export async function sendPasswordChanged(
  tx: Tx,
  { keys, ...holder }: AccountHolder & { keys: { kept: number; ended: number } },
): Promise<void> {
  const site = env().APP_URL;
  await sendLetter(tx, holder, "password-changed", (words) => ({
    subject: words("passwordChanged.subject"),
    paragraphs: [
      words("passwordChanged.lead", { site }),
      ...(keys.ended > 0 ? [words("passwordChanged.keysEnded", { count: keys.ended })] : []),
      ...(keys.kept > 0
        ? [words("passwordChanged.keysKept", { count: keys.kept, page: `${site}/account/developer` })]
        : []),
      words("passwordChanged.closing"),
    ],
    actions: [{ label: words("passwordChanged.action"), url: `${site}/forgot-password` }],
  }));
}
