import { env } from "@/lib/config/env";
import type { Tx } from "@/lib/database/client";
import { sendLetter } from "@/lib/outbox/send-letter";

/** Someone who is not known yet: what they call themselves may be anything, so they are called by their address. */
const strangerAt = (email: string, locale: string) => ({ name: email, email, locale });

/** The link with which someone who signs up shows that the address is theirs. */
export async function sendConfirmSignUp(
  tx: Tx,
  { email, locale, path }: { email: string; locale: string; path: string },
): Promise<void> {
  const site = env().APP_URL;
  await sendLetter(tx, strangerAt(email, locale), "sign-up-confirm", (words) => ({
    subject: words("confirmSignUp.subject"),
    paragraphs: [words("confirmSignUp.lead", { site })],
    actions: [{ label: words("confirmSignUp.action"), url: `${site}${path}` }],
    closing: [words("confirmSignUp.closing")],
  }));
}

/** Tells an account's holder that someone, most likely they, has asked for an account with its address. */
export async function sendAddressTaken(
  tx: Tx,
  holder: { name: string; email: string; locale: string },
): Promise<void> {
  const site = env().APP_URL;
  await sendLetter(tx, holder, "address-taken", (words) => ({
    subject: words("addressTaken.subject"),
    paragraphs: [words("addressTaken.lead", { site })],
    actions: [
      { label: words("addressTaken.action"), url: `${site}/sign-in` },
      { label: words("addressTaken.reset"), url: `${site}/forgot-password` },
    ],
    closing: [words("addressTaken.closing")],
  }));
}

/** The link with which an account's holder shows that its new address is theirs. It goes to that address. */
export async function sendConfirmEmail(
  tx: Tx,
  { email, locale, token }: { email: string; locale: string; token: string },
): Promise<void> {
  const site = env().APP_URL;
  await sendLetter(tx, strangerAt(email, locale), "email-confirm", (words) => ({
    subject: words("confirmEmail.subject"),
    paragraphs: [words("confirmEmail.lead", { site })],
    actions: [{ label: words("confirmEmail.action"), url: `${site}/account/email/${token}` }],
    closing: [words("confirmEmail.closing")],
  }));
}
