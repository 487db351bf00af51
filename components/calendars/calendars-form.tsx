"use client";

import { type FormEvent, type ReactNode, startTransition, useActionState, useEffect, useRef } from "react";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { Note } from "@/components/ui/note";
import { type FormState, openForm } from "@/lib/auth/form-state";

interface CalendarsFormProps {
  action: (state: FormState, formData: FormData) => Promise<FormState>;
  words: { save: string; saving: string };
  children: ReactNode;
}

/** Sends what is chosen, and says what came of it. What is chosen stays chosen. */
export function CalendarsForm({ action, words, children }: CalendarsFormProps) {
  const [state, send, isSaving] = useActionState(action, openForm);
  const outcome = useRef<HTMLDivElement>(null);

  useEffect(() => {
    if (state.status !== "open") outcome.current?.focus();
  }, [state]);

  function submit(event: FormEvent<HTMLFormElement>) {
    // React would empty the form after it was sent.
    event.preventDefault();
    const formData = new FormData(event.currentTarget);
    if (!isSaving) startTransition(() => send(formData));
  }
  return (
    <form action={send} onSubmit={submit} className="grid gap-6">
      {children}
      <div ref={outcome} tabIndex={-1} className="grid outline-none empty:hidden">
        {state.status === "refused" && <Banner tone="danger" role="alert" title={state.message} />}
        {state.status === "done" && <Note tone="success" role="status" title={state.message} />}
      </div>
      <div>
        <Button type="submit" kind="primary" workingLabel={words.saving} isWorking={isSaving}>
          {words.save}
        </Button>
      </div>
    </form>
  );
}
