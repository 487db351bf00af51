import { z } from "zod";

// A NUL or half a surrogate pair would be refused by PostgreSQL, a line break would split a mail header.
const oneLine = /^[^\p{Cc}\p{Cs}\u2028\u2029]*$/u;
const someLines = /^(?:[^\p{Cc}\p{Cs}]|[\n\t])*$/u;

/** One line of text as people type it: trimmed, at least one character unless `min` is 0, at most `max`. */
export function line(max: number, min = 1) {
  return z
    .string()
    .trim()
    .min(min, { error: "required", abort: true })
    .max(max, "too_long")
    .refine((text) => oneLine.test(text), "control_characters");
}

/** Text that may have line breaks: trimmed, breaks as `\n`, may be empty, at most `max` characters. */
export function paragraphs(max: number) {
  return z
    .string()
    .overwrite((text) => text.replace(/\r\n?/g, "\n").trim())
    .max(max, "too_long")
    .refine((text) => someLines.test(text), "control_characters");
}
