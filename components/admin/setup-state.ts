import type { CheckOutcome } from "@/components/ui/checked-value";
import type { ComparedPart } from "@/components/ui/text-comparison";
import type { CheckedField } from "@/lib/registration/setup-input";

/** What a look at one value found, in words. */
export interface ShownFinding extends Pick<CheckOutcome, "tone" | "title"> {
  detail: string;
  comparison?: { ours: ComparedPart[]; theirs: ComparedPart[]; differences: string[] };
}

/** The set-up form after it was looked at, checked or saved. Secrets never come back in it. */
export interface SetupState {
  status: "open" | "looked" | "checked" | "saved" | "refused";
  values: Readonly<Record<string, string>>;
  findings: Partial<Record<CheckedField, ShownFinding>>;
  /** One sentence about the whole. */
  message: string | null;
}
