"use client";

import { useActionState } from "react";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Note } from "@/components/ui/note";
import { SubmitButton } from "@/components/ui/submit-button";
import { type FormState, openForm } from "@/lib/auth/form-state";

export type SaveFilterAction = (state: FormState, formData: FormData) => Promise<FormState>;

interface SaveFilterProps {
  action: SaveFilterAction;
  /** What is saved, as the fields of an address. */
  query: string;
  words: { open: string; name: string; hint: string; save: string; saving: string };
}

/** Gives what the list is narrowed down to a name. */
export function SaveFilter({ action, query, words }: SaveFilterProps) {
  const [state, send] = useActionState(action, openForm);
  return (
    <details open={state.status === "refused" || undefined}>
      <summary className="inline-flex min-h-11 w-fit items-center font-semibold text-accent hover:text-accent-strong">
        {words.open}
      </summary>
      <form action={send} className="mt-2 grid max-w-96 gap-3">
        <input type="hidden" name="query" value={query} />
        {state.status === "refused" && state.message && (
          <Note tone="danger" role="alert" title={state.message} />
        )}
        <Field id="filter-name" label={words.name} hint={words.hint} error={state.errors.name}>
          {(control) => (
            <Input
              {...control}
              name="name"
              maxLength={50}
              required
              autoComplete="off"
              defaultValue={state.values.name ?? ""}
            />
          )}
        </Field>
        <div>
          <SubmitButton kind="second" workingLabel={words.saving}>
            {words.save}
          </SubmitButton>
        </div>
      </form>
    </details>
  );
}
