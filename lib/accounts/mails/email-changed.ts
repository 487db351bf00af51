import { env } from "@/lib/config/env";
import type { Tx } from "@/lib/database/client";
import { sendLetter } from "@/lib/outbox/send-letter";

/** Notifies the old address of an account that it was replaced, in case someone else did it. */
export async function sendEmailChanged(
  tx: Tx,
  { oldEmail, newEmail, ...holder }: { name: string; oldEmail: string; newEmail: string; locale: string },
): Promise<void> {
  await sendLetter(tx, { ...holder, email: oldEmail }, "email-changed", (words) => ({
    subject: words("emailChanged.subject"),
    paragraphs: [words("emailChanged.lead", { site: env().APP_URL, email: newEmail })],
    closing: [words("emailChanged.closing")],
  }));
}
