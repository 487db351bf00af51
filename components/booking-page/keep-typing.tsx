"use client";

import { useEffect } from "react";
import { forget, read, type Typed, write } from "@/components/booking-page/typed-store";

interface KeepTypingProps {
  formId: string;
  /** Names what is typed, such as the booking it is about. */
  name: string;
}

type Field = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

/**
 * What is typed and chosen in a form outlives a reload, a lost network or a step back, for as long as this tab is open or until it has
 * arrived. It never leaves the browser.
 */
export function KeepTyping({ formId, name }: KeepTypingProps) {
  useEffect(() => {
    const form = document.getElementById(formId);
    if (!(form instanceof HTMLFormElement)) return;
    restore(form, read(formId, name));
    const keep = ({ target }: Event) => {
      // Times hang outside the form they belong to.
      if (isField(target) && target.form === form) write(formId, name, typedIn(form));
    };
    document.addEventListener("input", keep);
    document.addEventListener("change", keep);
    return () => {
      document.removeEventListener("input", keep);
      document.removeEventListener("change", keep);
    };
  }, [formId, name]);
  return null;
}

/** What was typed has arrived. */
export const forgetTyping = forget;

const unkept = ["hidden", "password", "file", "submit", "button"];

function isField(target: unknown): target is Field {
  return (
    target instanceof HTMLTextAreaElement ||
    target instanceof HTMLSelectElement ||
    (target instanceof HTMLInputElement && !unkept.includes(target.type))
  );
}

function fieldsOf(form: HTMLFormElement): Field[] {
  return [...form.elements].filter(isField).filter(({ name }) => name !== "");
}

/** Choices are kept by their value, an unticked box as an empty string. */
function typedIn(form: HTMLFormElement): Typed {
  const typed: Typed = {};
  for (const field of fieldsOf(form)) {
    const { name } = field;
    if (!isChoice(field)) typed[name] = { value: field.value, given: givenIn(field) };
    else if (field.checked || !(name in typed)) {
      typed[name] = { value: field.checked ? field.value : "", given: givenIn(field) };
    }
  }
  return typed;
}

function isChoice(field: Field): field is HTMLInputElement {
  return field instanceof HTMLInputElement && (field.type === "radio" || field.type === "checkbox");
}

/** What the page itself put into the field. */
function givenIn(field: Field): string {
  if (field instanceof HTMLSelectElement) {
    return [...field.options].find(({ defaultSelected }) => defaultSelected)?.value ?? "";
  }
  if (!isChoice(field)) return field.defaultValue;
  const group = field.form ? fieldsOf(field.form).filter(({ name }) => name === field.name) : [field];
  return group.filter(isChoice).find(({ defaultChecked }) => defaultChecked)?.value ?? "";
}

function restore(form: HTMLFormElement, typed: Typed): void {
  for (const field of fieldsOf(form)) {
    const kept = typed[field.name];
    // A page that says something else by now, such as after a mistake, knows better.
    if (!kept || kept.given !== givenIn(field)) continue;
    if (!isChoice(field)) field.value = kept.value;
    else if (field.type === "checkbox") field.checked = kept.value !== "";
    else if (field.value === kept.value) choose(field);
    const fold = field.closest("details");
    if (fold && kept.value !== "") fold.open = true;
  }
  // The time is gone: what was typed is still to be seen.
  if (typed.start?.value && !new FormData(form).has("start")) form.dataset.open = "";
}

/** Whatever follows the choice hears of it once it listens. */
function choose(field: HTMLInputElement): void {
  field.checked = true;
  setTimeout(() => field.dispatchEvent(new Event("change", { bubbles: true })));
}
