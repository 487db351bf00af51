"use client";

import { useEffect, useRef } from "react";
import { Checkbox } from "@/components/ui/checkbox";

interface RememberDetailsProps {
  formId: string;
  words: { remember: string; rememberHint: string };
}

const key = "visitor-details";
const kept = ["name", "email"];

/**
 * Who ticks it finds their name and address filled in the next time they book with this browser. They never leave it but with a booking, and
 * are gone once the box is cleared.
 */
export function RememberDetails({ formId, words }: RememberDetailsProps) {
  const box = useRef<HTMLInputElement>(null);

  useEffect(() => {
    const form = document.getElementById(formId);
    if (!(form instanceof HTMLFormElement)) return;
    const known = read();
    if (box.current) box.current.checked = known !== null;
    for (const field of fieldsOf(form)) {
      // What the page or the visitor put there is newer.
      if (field.value === "") field.value = known?.[field.name] ?? "";
    }
    const send = ({ target }: Event) => {
      if (target === form && box.current?.checked) write(form);
    };
    document.addEventListener("submit", send, true);
    return () => document.removeEventListener("submit", send, true);
  }, [formId]);

  return (
    <Checkbox
      ref={box}
      id="remember-details"
      label={words.remember}
      hint={words.rememberHint}
      className="col-span-full [@media(scripting:none)]:hidden"
      onChange={({ target: { checked, form } }) => {
        if (form) write(checked ? form : null);
      }}
    />
  );
}

function fieldsOf(form: HTMLFormElement): HTMLInputElement[] {
  const fields = kept.map((name) => form.elements.namedItem(name));
  return fields.filter((field) => field instanceof HTMLInputElement);
}

/** Null where nothing is kept, or this browser keeps nothing. */
function read(): Record<string, string> | null {
  try {
    return JSON.parse(localStorage.getItem(key) ?? "null");
  } catch {
    return null;
  }
}

/** Keeps what is in a form; null: nothing any longer. */
function write(form: HTMLFormElement | null): void {
  try {
    if (form === null) localStorage.removeItem(key);
    else localStorage.setItem(key, JSON.stringify(detailsIn(form)));
  } catch {
    // Storage is full or closed: then there is nothing to fill in the next time.
  }
}

function detailsIn(form: HTMLFormElement): Record<string, string> {
  return Object.fromEntries(fieldsOf(form).map(({ name, value }) => [name, value]));
}
