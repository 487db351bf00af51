import { env } from "@/lib/config/env";
import type { Tx } from "@/lib/database/client";
import { type AccountHolder, sendLetter } from "@/lib/outbox/send-letter";

/** Notifies a platform admin that Microsoft refuses this server itself. `detail` is Microsoft's error and number. */
export async function sendCredentialsRefused(tx: Tx, admin: AccountHolder, detail: string): Promise<void> {
  const site = env().APP_URL;
  await sendLetter(tx, admin, "credentials-refused", (words) => ({
    subject: words("credentialsRefused.subject"),
    paragraphs: [
      words("credentialsRefused.lead", { site, detail }),
      words("credentialsRefused.effect"),
      words("credentialsRefused.cure"),
    ],
    actions: [{ label: words("credentialsRefused.action"), url: `${site}/admin` }],
    closing: [words("credentialsRefused.closing")],
  }));
}
