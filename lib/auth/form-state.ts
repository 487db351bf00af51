import { toFormValues } from "@/lib/input/form-values";

/** What a form shows after it was sent: what was typed, what to fix, and what came of it. */
export interface FormState {
  status: "open" | "refused" | "done";
  /** What was typed, so that it doesn't have to be typed again; without passwords and tokens. */
  values: Readonly<Record<string, string>>;
  /** One sentence for each field, by its name. */
  errors: Readonly<Record<string, string>>;
  /** One sentence about the whole form. */
  message: string | null;
  /** Shown once and stored nowhere, such as a new API key. */
  secret?: string;
}

/** A form that hasn't been sent yet. */
export const openForm: FormState = { status: "open", values: {}, errors: {}, message: null };

/** What a form shows again: all but passwords and tokens. */
export function keepValues(formData: FormData): Record<string, string> {
  const kept = Object.entries(toFormValues(formData)).filter(
    ([name]) => !/password|token|secret/i.test(name),
  );
  return Object.fromEntries(kept);
}
