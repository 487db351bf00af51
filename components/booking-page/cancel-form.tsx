"use client";

import { useActionState, useEffect, useRef } from "react";
import { KeepTyping } from "@/components/booking-page/keep-typing";
import { acrossBuilds } from "@/components/ui/across-builds";
import { Banner } from "@/components/ui/banner";
import { ButtonLink } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { SubmitButton } from "@/components/ui/submit-button";
import { Textarea } from "@/components/ui/textarea";
import { useHydrated } from "@/components/ui/use-hydrated";
import type { FormState } from "@/lib/auth/form-state";
import type { ReasonRule } from "@/lib/booking-record/change-policy";

interface CancelFormProps {
  action: (state: FormState, formData: FormData) => Promise<FormState>;
  initial: FormState;
  token: string;
  /** Names the booking without saying anything about it. */
  bookingId: string;
  reason: ReasonRule;
  words: {
    reason: string;
    reasonHint: string;
    optional: string;
    keep: string;
    submit: string;
    working: string;
  };
}

/** Asks why, where the organizer wants to know, and cancels. */
export function CancelForm({ action, initial, token, bookingId, reason, words }: CancelFormProps) {
  const [state, send] = useActionState(useHydrated() ? acrossBuilds(action) : action, initial);
  const outcome = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (state.status === "refused") outcome.current?.focus();
  }, [state]);
  return (
    <form id="cancel-visit" action={send} noValidate className="grid gap-5">
      <input type="hidden" name="token" value={token} />
      <div ref={outcome} tabIndex={-1} className="outline-none empty:hidden">
        {state.status === "refused" && <Banner tone="danger" role="alert" title={state.message} />}
      </div>
      {reason !== "none" && (
        <Field
          id="reason"
          label={words.reason}
          optional={reason === "optional" ? words.optional : undefined}
          hint={words.reasonHint}
          error={state.errors.reason}
        >
          {(control) => (
            <Textarea
              {...control}
              name="reason"
              rows={3}
              maxLength={1000}
              required={reason === "required"}
              defaultValue={state.values.reason}
            />
          )}
        </Field>
      )}
      <KeepTyping formId="cancel-visit" name={bookingId} />
      <div className="grid gap-3 md:flex md:justify-end">
        <ButtonLink href={`/booking/${token}`}>{words.keep}</ButtonLink>
        <SubmitButton kind="danger-fill" workingLabel={words.working}>
          {words.submit}
        </SubmitButton>
      </div>
    </form>
  );
}
