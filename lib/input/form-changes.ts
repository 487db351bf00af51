/** What is typed in a form and isn't stored yet. PURE, for server and browser. */
import type { FormValues } from "@/lib/input/form-values";

/** The names of the fields that have something else in them than is stored. A box that isn't ticked is as good as an empty field. */
export function changedFields(stored: FormValues, typed: FormValues): string[] {
  const names = new Set([...Object.keys(stored), ...Object.keys(typed)]);
  return [...names].filter((name) => asCompared(stored[name]) !== asCompared(typed[name]));
}

/** Browsers send line feeds with a carriage return. */
function asCompared(text = ""): string {
  return text.replace(/\r\n?/g, "\n");
}
