import type { SlotFormWords } from "@/components/booking/slot-form";
import { translator } from "@/lib/i18n/translator";

/** The words of a form that asks for a time, whether it books or moves. */
export function slotFormWords(purpose: "form" | "move"): SlotFormWords {
  const words = translator("booking");
  return {
    submit: words(`${purpose}.submit`),
    working: words(`${purpose}.working`),
    choices: words("refused.choices"),
    offline: words("form.offline"),
    offlineHint: words("form.offlineHint"),
    unreachable: words("form.unreachable"),
    unreachableHint: words("form.unreachableHint"),
  };
}
