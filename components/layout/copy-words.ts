import type { CopyWords } from "@/components/ui/copy-button";
import type { Locale } from "@/lib/i18n/languages";
import { translator } from "@/lib/i18n/translator";

/** The words of a button that copies; `label` where "Copy" says too little. */
export function copyWords(locale: Locale, label?: string): CopyWords {
  const words = translator("common", locale);
  return {
    label: label ?? words("copy.copy"),
    copiedLabel: words("copy.done"),
    failedLabel: words("copy.failed"),
  };
}
