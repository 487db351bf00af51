"use client";

import { type ReactNode, useActionState } from "react";
import { SaveBar } from "@/components/layout/save-bar";
import { Banner } from "@/components/ui/banner";
import { Button, ButtonLink } from "@/components/ui/button";
import { type FormState, openForm } from "@/lib/auth/form-state";

interface HolidaysFormProps {
  action: (state: FormState, formData: FormData) => Promise<FormState>;
  words: { save: string; saving: string; discard: string };
  discardHref: string;
  children: ReactNode;
}

/** The holidays of a schedule, with one Save. */
export function HolidaysForm({ action, words, discardHref, children }: HolidaysFormProps) {
  const [state, send, isSaving] = useActionState(action, openForm);
  return (
    <form action={send} className="grid gap-8">
      <div className="grid gap-6">
        {state.status === "refused" && <Banner tone="danger" role="alert" title={state.message} />}
        {children}
      </div>
      <SaveBar>
        <Button type="submit" kind="primary" workingLabel={words.saving} isWorking={isSaving}>
          {words.save}
        </Button>
        <ButtonLink href={discardHref}>{words.discard}</ButtonLink>
      </SaveBar>
    </form>
  );
}
