"use client";

import { useActionState } from "react";
import { Field } from "@/components/ui/field";
import { Note } from "@/components/ui/note";
import { SubmitButton } from "@/components/ui/submit-button";
import { Textarea } from "@/components/ui/textarea";
import { type FormState, openForm } from "@/lib/auth/form-state";

interface PrivateNoteProps {
  action: (state: FormState, formData: FormData) => Promise<FormState>;
  bookingId: string;
  /** As stored. */
  note: string;
  words: { label: string; hint: string; optional: string; save: string; saving: string };
}

/** What the organizer wants to remember about a booking. */
export function PrivateNote({ action, bookingId, note, words }: PrivateNoteProps) {
  const [state, send] = useActionState(action, openForm);
  return (
    <form action={send} className="grid gap-3">
      <input type="hidden" name="bookingId" value={bookingId} />
      <Field
        id="private-note"
        label={words.label}
        optional={words.optional}
        hint={words.hint}
        error={state.errors.note}
      >
        {(control) => (
          <Textarea
            {...control}
            name="note"
            rows={3}
            maxLength={5000}
            defaultValue={state.values.note ?? note}
          />
        )}
      </Field>
      <div className="flex flex-wrap items-center gap-3">
        <SubmitButton kind="second" workingLabel={words.saving}>
          {words.save}
        </SubmitButton>
        {state.status === "done" && <Note tone="success" role="status" title={state.message} />}
      </div>
    </form>
  );
}
