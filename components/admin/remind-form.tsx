"use client";

import { type ReactNode, useActionState, useEffect, useRef } from "react";
import { Banner } from "@/components/ui/banner";
import { SubmitButton } from "@/components/ui/submit-button";
import { type FormState, openForm } from "@/lib/auth/form-state";

interface RemindFormProps {
  action: (state: FormState, formData: FormData) => Promise<FormState>;
  /** The filter that the list is shown with, as fields. */
  filter: Readonly<Record<string, string>>;
  /** Someone on this page can be ticked. */
  canChoose: boolean;
  /** Someone whom the filter finds has to reconnect. */
  canWrite: boolean;
  words: { chosen: string; all: string; working: string; hint: string };
  /** The list with its boxes to tick. */
  children: ReactNode;
}

/** Writes to those who are ticked in the list inside, or to all whom its filter finds. */
export function RemindForm({ action, filter, canChoose, canWrite, words, children }: RemindFormProps) {
  const [state, send] = useActionState(action, openForm);
  const outcome = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (state.status !== "open") outcome.current?.focus();
  }, [state]);
  return (
    <form action={send} className="grid gap-4">
      <div ref={outcome} tabIndex={-1} className="grid outline-none empty:hidden">
        {state.status !== "open" && (
          <Banner
            tone={state.status === "done" ? "success" : "danger"}
            role={state.status === "done" ? "status" : "alert"}
            title={state.message}
          />
        )}
      </div>
      {children}
      {Object.entries(filter).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      {canWrite && (
        <div className="grid gap-2">
          <div className="flex flex-wrap gap-3">
            {canChoose && (
              <SubmitButton kind="second" name="whom" value="chosen" workingLabel={words.working}>
                {words.chosen}
              </SubmitButton>
            )}
            <SubmitButton kind="quiet" name="whom" value="all" workingLabel={words.working}>
              {words.all}
            </SubmitButton>
          </div>
          <p className="text-sm text-muted">{words.hint}</p>
        </div>
      )}
    </form>
  );
}
