/** What this tab remembers of forms on the way. A browser that keeps nothing is no fault. */

/** By the name of the field: what it had in it, and what the page had put there. */
export type Typed = Record<string, { value: string; given: string }>;

const keyOf = (formId: string, name: string) => `typed:${formId}:${name}`;

export function read(formId: string, name: string): Typed {
  try {
    return JSON.parse(sessionStorage.getItem(keyOf(formId, name)) ?? "{}");
  } catch {
    return {};
  }
}

export function write(formId: string, name: string, typed: Typed): void {
  try {
    sessionStorage.setItem(keyOf(formId, name), JSON.stringify(typed));
  } catch {
    // Storage is full or closed: then a reload starts afresh.
  }
}

/** Forgets all that was typed into forms of this id. */
export function forget(formId: string): void {
  try {
    const keys = Object.keys(sessionStorage).filter((key) => key.startsWith(keyOf(formId, "")));
    for (const key of keys) sessionStorage.removeItem(key);
  } catch {
    // Nothing is kept where storage is closed.
  }
}
