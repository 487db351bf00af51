import { type FormState, openForm } from "@/lib/auth/form-state";
import type { SpokenSlot } from "@/lib/booking-page/time-choices";

/** What a form that asks for a time shows after it was sent. */
export interface SlotFormState extends FormState {
  /** No one made a mistake: it has to be sent once more. */
  isRenewed: boolean;
  /** What it means and what to do next, below the message. */
  hint: string | null;
  /** Free times near one that could not be had. */
  choices: readonly SpokenSlot[];
  /** The chosen time in words, for a page that has come again without a script. */
  keptTime: string | null;
}

export const openSlotForm: SlotFormState = {
  ...openForm,
  isRenewed: false,
  hint: null,
  choices: [],
  keptTime: null,
};
