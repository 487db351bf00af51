import { env } from "@/lib/config/env";
import type { Tx } from "@/lib/database/client";
import { localeOf } from "@/lib/i18n/languages";
import { translator } from "@/lib/i18n/translator";
import type { IdentityProvider } from "@/lib/identities/person";
import { providerName } from "@/lib/identities/provider-name";
import { writeLetter } from "@/lib/outbox/letter";
import { sendMail } from "@/lib/outbox/outbox";

/** Notifies an account's holder that a way to sign in was added or taken away, in case someone else did it. */
export async function sendWayInChanged(
  tx: Tx,
  holder: { name: string; email: string; locale: string },
  {
    change,
    provider,
    email,
  }: { change: "linked" | "unlinked"; provider: IdentityProvider; email: string | null },
): Promise<void> {
  const locale = localeOf(holder.locale);
  const t = translator("mails", locale);
  const values = { provider: providerName(provider), email: email ?? "", site: env().APP_URL };
  const letter = writeLetter({
    locale,
    greeting: t("greeting", { name: holder.name }),
    paragraphs: [t(email ? `wayIn.${change}` : `wayIn.${change}Nameless`, values), t("wayIn.closing")],
    actions: [{ label: t("wayIn.action"), url: `${env().APP_URL}/account/security` }],
    closing: [],
  });
  await sendMail(tx, {
    to: holder.email,
    kind: "way-in-changed",
    subject: t(`wayIn.${change}Subject`, values),
    ...letter,
  });
}
