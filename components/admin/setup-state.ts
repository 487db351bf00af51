import type { CheckOutcome } from "@/components/ui/checked-value";
import type { ComparedPart } from "@/components/ui/text-comparison";
import type { FormState } from "@/lib/auth/form-state";
import type { CheckedField } from "@/lib/registration/setup-input";

/** What a look at one value found, in words. */
export interface ShownFinding extends Pick<CheckOutcome, "tone" | "title"> {
  detail: string;
  comparison?: { ours: ComparedPart[]; theirs: ComparedPart[]; differences: string[] };
}

/** What the set-up form shows besides. */
export interface Shown {
  findings: Partial<Record<CheckedField, ShownFinding>>;
  /** What was done: the values were looked at, checked with Microsoft, or saved; null: nothing. */
  intent: "look" | "check" | "save" | null;
}

export const noFindings: Shown = { findings: {}, intent: null };

/** The set-up form after it was sent. Secrets never come back in it. */
export type SetupState = FormState & Shown;
