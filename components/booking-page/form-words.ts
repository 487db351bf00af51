import type { SlotFormWords } from "@/components/booking-page/slot-form";
import type { VisitorFormWords } from "@/components/booking-page/visitor-form";
import type { Locale } from "@/lib/i18n/languages";
import { translator } from "@/lib/i18n/translator";

/** The words of a form that asks for a time, whether it books or moves. */
export function slotFormWords(purpose: "form" | "move", locale: Locale): SlotFormWords {
  const words = translator("booking", locale);
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
export function visitorFormWords(locale: Locale): VisitorFormWords {
  const words = translator("booking", locale);
  return {
    ...slotFormWords("form", locale),
    name: words("form.name"),
    email: words("form.email"),
    addGuests: words("form.addGuests"),
    guests: words("form.guests"),
    guestsHint: words("form.guestsHint"),
    optional: translator("common", locale)("optional"),
    choose: words("form.choose"),
    time: words("form.time"),
    emailForm: words("form.emailForm"),
    emailEnding: words("form.emailEnding"),
    remember: words("form.remember"),
    rememberHint: words("form.rememberHint"),
  };
}
