"use client";

import { type FormEvent, type ReactNode, useActionState, useEffect, useRef, useState } from "react";
import { SaveBar } from "@/components/layout/save-bar";
import { Banner } from "@/components/ui/banner";
import { ButtonLink } from "@/components/ui/button";
import { SubmitButton } from "@/components/ui/submit-button";
import { type FormState, openForm } from "@/lib/auth/form-state";
import { type FormValues, toFormValues } from "@/lib/input/form-values";

/** What the fields of an editor are drawn from. */
export interface Editor {
  /** What was stored or typed before, by the names of the fields. */
  values: FormValues;
  /** One sentence for each field that needs another look. */
  errors: FormState["errors"];
  /** What is typed at this moment; the same as `values` until a script runs. */
  typed: FormValues;
}

interface EditorFormProps {
  action: (state: FormState, formData: FormData) => Promise<FormState>;
  values: FormValues;
  words: { save: string; saving: string; discard: string };
  /** Where discarding leads. */
  discardHref: string;
  children: (editor: Editor) => ReactNode;
}

/**
 * A long form with one Save. Its other buttons (name `intent`) send it too and get it back with a row more or less, so all
 * of it works before a script has come.
 */
export function EditorForm({ action, values, words, discardHref, children }: EditorFormProps) {
  const [state, send] = useActionState(action, { ...openForm, values });
  const [typed, setTyped] = useState(state.values);
  const form = useRef<HTMLFormElement>(null);
  const intent = useRef("");

  useEffect(() => {
    setTyped(state.values);
    if (!form.current) return;
    if (state.status === "refused") focusMistake(form.current);
    else if (intent.current) focusAfter(form.current, intent.current);
    intent.current = "";
  }, [state]);

  function onSubmit({ nativeEvent }: FormEvent) {
    const { submitter } = nativeEvent as SubmitEvent;
    intent.current = submitter instanceof HTMLButtonElement ? submitter.value : "";
  }
  return (
    <form
      ref={form}
      action={send}
      noValidate
      onSubmit={onSubmit}
      onInput={({ currentTarget }) => setTyped(toFormValues(new FormData(currentTarget)))}
      className="-mx-4 md:-mx-6"
    >
      {/* Enter in a field presses a form's first button: let that be Save. */}
      <button type="submit" tabIndex={-1} aria-hidden="true" className="sr-only" />
      <div className="px-4 pb-8 md:px-6">
        {state.status === "refused" && (
          <div className="mb-6">
            <Banner tone="danger" role="alert" title={state.message} />
          </div>
        )}
        {children({ values: state.values, errors: state.errors, typed })}
      </div>
      <SaveBar inColumn>
        <SubmitButton workingLabel={words.saving}>{words.save}</SubmitButton>
        <ButtonLink href={discardHref}>{words.discard}</ButtonLink>
      </SaveBar>
    </form>
  );
}

function focusMistake(form: HTMLFormElement) {
  const mistaken = form.querySelector<HTMLElement>("[aria-invalid=true]");
  mistaken?.closest("details")?.setAttribute("open", "");
  mistaken?.focus();
}

/** After a row came, its first field; after one went, the button that would bring another; after copying, its menu, closed. */
function focusAfter(form: HTMLFormElement, intent: string) {
  const [verb = "", target = ""] = intent.split(":");
  const list = { "add-window": target, "add-date": "overrides", "add-question": "questions" }[verb];
  if (list) {
    const rows = form.querySelectorAll<HTMLElement>(`[data-row^="${list}."]`);
    rows[rows.length - 1]?.querySelector<HTMLElement>("input:not([type=hidden])")?.focus();
    return;
  }
  if (verb === "copy") {
    const menu = form.querySelector(`[value="${intent}"]`)?.closest("details");
    menu?.removeAttribute("open");
    menu?.querySelector("summary")?.focus();
    return;
  }
  const left = target.slice(0, target.lastIndexOf("."));
  form.querySelector<HTMLElement>(`[data-adds="${left}"]`)?.focus();
}
