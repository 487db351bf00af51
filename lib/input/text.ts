import { z } from "zod";
import { cutText, isBlank, lengthOf } from "@/lib/input/cut";

// A NUL or half a surrogate pair would be refused by PostgreSQL, a line break would split a mail header.
const oneLine = /^[^\p{Cc}\p{Cs}\u2028\u2029]*$/u;
const someLines = /^(?:[^\p{Cc}\p{Cs}]|[\n\t])*$/u;

/** A BCP 47 tag that this Node can work with: a well-formed one may still be none, such as `en-US-US`. */
export function isLanguageTag(text: string): boolean {
  if (!/^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*$/.test(text)) return false;
  try {
    return Intl.getCanonicalLocales(text).length > 0;
  } catch {
    return false;
  }
}

export const languageTag = z.string().max(35, "too_long").refine(isLanguageTag, "language_form");

/** What someone looks for, at most `max` UTF-16 units, without what PostgreSQL would refuse to compare with. */
export function searchText(text: string, max: number): string {
  return cutText(text.replace(/[\p{Cc}\p{Cs}]+/gu, " "), max).trim();
}

/** An https address without spaces or anything invisible in it. */
export function isHttpsAddress(text: string): boolean {
  return URL.canParse(text) && new URL(text).protocol === "https:" && !/[\s\p{Cc}\p{Cs}]/u.test(text);
}

/** One line of text as people type it: trimmed, something to see in it unless `min` is 0, at most `max` characters. */
export function line(max: number, min: 0 | 1 = 1) {
  return z
    .string()
    .trim()
    .refine((text) => min === 0 || !isBlank(text), { error: "required", abort: true })
    .check(atMost(max))
    .refine((text) => oneLine.test(text), "control_characters")
    .meta({ ...(min > 0 ? { minLength: min } : {}), maxLength: max });
}

/** Text that may have line breaks: trimmed, breaks as `\n`, may be empty, at most `max` characters. */
export function paragraphs(max: number) {
  return z
    .string()
    .overwrite((text) => text.replace(/\r\n?/g, "\n").trim())
    .check(atMost(max))
    .refine((text) => someLines.test(text), "control_characters")
    .meta({ maxLength: max });
}

/** Zod's own limit counts UTF-16 units, of which an emoji has two and more. */
function atMost(maximum: number) {
  return ({ value, issues }: z.core.ParsePayload<string>) => {
    if (lengthOf(value) <= maximum) return;
    issues.push({
      code: "too_big",
      origin: "string",
      maximum,
      inclusive: true,
      message: "too_long",
      input: value,
      continue: true,
    });
  };
}
