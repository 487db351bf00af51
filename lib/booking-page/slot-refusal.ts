import { openSlotForm, type SlotFormState } from "@/lib/booking-page/slot-form-state";
import { type Listener, speakSlotWithDay } from "@/lib/booking-page/time-choices";
import type { Locale } from "@/lib/i18n/languages";
import { translator } from "@/lib/i18n/translator";
import { countMistaken } from "@/lib/input/form-values";
import type { QuotaRefusal } from "@/lib/shield/quotas";
import type { Interval } from "@/lib/slot-engine/rules";

export type Refusal =
  | { code: "slot_taken" | "outside_availability"; alternatives: readonly Interval[] }
  | { code: "rate_limited"; retryAfterSeconds: number }
  | QuotaRefusal
  | {
      code:
        | "calendar_unavailable"
        | "not_found"
        | "foreign_origin"
        | "not_reschedulable"
        | "too_late"
        | "idempotency_key_reused"
        | "link_required"
        | "link_used";
    };

type Typed = Pick<SlotFormState, "values" | "keptTime">;

/** Why a time could not be had, in words, with what was typed and with the times that can be had instead. */
export function describeRefusal(refusal: Refusal, listener: Listener, typed: Typed): SlotFormState {
  const words = translator("booking", listener.locale);
  const { name } = listener.organizer;
  const choices = "alternatives" in refusal ? refusal.alternatives : [];
  const { code } = refusal;
  const values = {
    name,
    minutes: "retryAfterSeconds" in refusal ? Math.ceil(refusal.retryAfterSeconds / 60) : 0,
    because: "because" in refusal ? refusal.because : "other",
  };
  const isSlot = code === "slot_taken" || code === "outside_availability";
  const hint = isSlot && choices.length === 0 ? (`${code}_none` as const) : (`${code}_hint` as const);
  return {
    ...openSlotForm,
    ...typed,
    // A time that can't be had is not kept, so that no one sends it again unawares.
    ...(isSlot ? { values: without(typed.values, "start"), keptTime: null } : {}),
    status: "refused",
    message: words(`refused.${code}`, values),
    hint: words(`refused.${hint}`, values),
    choices: choices.map((slot) => speakSlotWithDay(slot, listener)),
  };
}

/** Which fields need another look. */
export function describeMistakes(
  errors: Readonly<Record<string, string>>,
  typed: Typed,
  locale: Locale,
): SlotFormState {
  const count = countMistaken(errors, typed.values);
  return {
    ...openSlotForm,
    ...typed,
    status: "refused",
    errors,
    message: translator("booking", locale)("form.mistakes", { count }),
  };
}

function without(values: SlotFormState["values"], name: string): SlotFormState["values"] {
  return Object.fromEntries(Object.entries(values).filter(([key]) => key !== name));
}
