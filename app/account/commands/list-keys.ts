import type { KeyLine } from "@/components/keyboard/commands";
import { keyLines } from "@/components/keyboard/keys";
import type { Locale } from "@/lib/i18n/languages";
import { translator } from "@/lib/i18n/translator";

/** Each key with what it does, in words. */
export function listKeys(locale: Locale): KeyLine[] {
  const words = translator("account", locale);
  return [
    ...keyLines.map(({ keys, does }) => ({ keys, does: words(`keyboard.does.${does}`) })),
    { keys: ["Ctrl", "K"], does: words("keyboard.does.commands") },
  ];
}
