"use client";

import { useEffect } from "react";

interface KeepTypingProps {
  formId: string;
  /** Names what is typed, such as the booking it is about. */
  name: string;
}

/**
 * What is typed into a form's text fields outlives a reload, a lost network or a step back, for as long as this tab is open.
 * It never leaves the browser.
 */
export function KeepTyping({ formId, name }: KeepTypingProps) {
  useEffect(() => {
    const form = document.getElementById(formId);
    if (!(form instanceof HTMLFormElement)) return;
    const key = `typed:${formId}:${name}`;
    restore(form, sessionStorage.getItem(key));
    const keep = () => sessionStorage.setItem(key, JSON.stringify(typedIn(form)));
    form.addEventListener("input", keep);
    return () => form.removeEventListener("input", keep);
  }, [formId, name]);
  return null;
}

function textFields(form: HTMLFormElement): HTMLTextAreaElement[] {
  return [...form.querySelectorAll("textarea")];
}

function typedIn(form: HTMLFormElement): Record<string, string> {
  return Object.fromEntries(textFields(form).map(({ name, value }) => [name, value]));
}

function restore(form: HTMLFormElement, stored: string | null): void {
  if (!stored) return;
  const typed = JSON.parse(stored) as Record<string, string>;
  for (const field of textFields(form)) field.value ||= typed[field.name] ?? "";
}
