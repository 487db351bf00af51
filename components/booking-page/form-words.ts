import type { SlotFormWords } from "@/components/booking-page/slot-form";
import type { VisitorFormWords } from "@/components/booking-page/visitor-form";
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

/** The words of a visitor's form. */
export function visitorFormWords(): VisitorFormWords {
  const words = translator("booking");
  return {
    ...slotFormWords("form"),
    name: words("form.name"),
    email: words("form.email"),
    addGuests: words("form.addGuests"),
    guests: words("form.guests"),
    guestsHint: words("form.guestsHint"),
    optional: translator("common")("optional"),
    choose: words("form.choose"),
    time: words("form.time"),
    emailForm: words("form.emailForm"),
    emailEnding: words("form.emailEnding"),
  };
}
