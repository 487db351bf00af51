import type { PasskeyWords } from "@/components/accounts/passkey-button";
import type { Locale } from "@/lib/i18n/languages";
import { translator } from "@/lib/i18n/translator";

/** The words of the button that begins with a passkey. */
export function passkeyWords(kind: "enter" | "confirm" | "add", locale: Locale): PasskeyWords {
  const words = translator("auth", locale);
  return {
    label: words(`passkey.${kind}`),
    workingLabel: words("passkey.working"),
    failed: words("passkey.failed"),
    unreachable: words("passkey.unreachable"),
  };
}
