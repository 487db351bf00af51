import type { Tx } from "@/lib/database/client";
import { type Locale, localeOf } from "@/lib/i18n/languages";
import { type Translator, translator } from "@/lib/i18n/translator";
import { type Letter, writeLetter } from "@/lib/outbox/letter";
import { sendMail } from "@/lib/outbox/outbox";

export interface AccountHolder {
  name: string;
  email: string;
  /** BCP 47 */
  locale: string;
}

interface HolderLetter extends Pick<Letter, "paragraphs" | "actions"> {
  subject: string;
  closing?: string[];
  /** The booking it is about. */
  bookingId?: string;
}

/** Mails a letter to an account's holder, in their language, as part of the caller's transaction. `kind` is its name in the outbox. */
export async function sendLetter(
  tx: Tx,
  holder: AccountHolder,
  kind: string,
  write: (words: Translator<"mails">, locale: Locale) => HolderLetter,
): Promise<void> {
  const locale = localeOf(holder.locale);
  const words = translator("mails", locale);
  const { subject, bookingId, closing = [], ...letter } = write(words, locale);
  const content = writeLetter({
    ...letter,
    locale,
    greeting: words("greeting", { name: holder.name }),
    closing,
  });
  await sendMail(tx, {
    to: holder.email,
    toHolder: true,
    kind,
    subject,
    ...(bookingId ? { bookingId } : {}),
    ...content,
  });
}
