/** Where a visitor came from, as the address of a page says it: `utm_source` and its kind. PURE. */
import { cutText } from "@/lib/input/cut";

export const utmNames = ["source", "medium", "campaign", "term", "content"] as const;

export type Utm = Partial<Record<(typeof utmNames)[number], string | undefined>>;

/** The longest of each that is kept, in characters. */
export const utmMax = 200;

/**
 * What is said of it, given what each parameter says by its whole name. What can't be kept is cut: a visitor has not written it, and could
 * not correct it.
 */
export function readUtm(readOne: (parameter: string) => string | null | undefined): Utm {
  const entries = utmNames.flatMap((name): [string, string][] => {
    const text = (readOne(`utm_${name}`) ?? "").replace(/[\p{Cc}\p{Cs}\u2028\u2029]+/gu, " ").trim();
    return text ? [[name, cutText(text, utmMax).trim()]] : [];
  });
  return Object.fromEntries(entries);
}

/** The same as parameters, or as the hidden fields of a form. */
export function writeUtm(utm: Utm): Record<string, string> {
  const given = Object.entries(utm).flatMap(([name, value]) => (value ? [[`utm_${name}`, value]] : []));
  return Object.fromEntries(given);
}
