import type { DetailLine, DetailValue } from "@/lib/audit/details";
import { listOf } from "@/lib/format/lists";
import { shortDateName } from "@/lib/format/spoken-time";
import type { Locale } from "@/lib/i18n/languages";
import { translator } from "@/lib/i18n/translator";
import type enAudit from "@/messages/en/audit.json";

type Name = keyof typeof enAudit.names;
type Word = keyof typeof enAudit.values;

/** Facts whose values are words of Bellhop's own. Of others, such as a name, every value stays as it is. */
const worded = new Set(["kind", "problem", "provider", "role", "scope", "state", "with"]);

/** A fact of an audit entry in words: `Role: organizer → admin`. What this version has no words for goes by its own name. */
export function detailWords({ name, before, value }: DetailLine, locale: Locale): string {
  const words = translator("audit", locale);
  const label = words.has(`names.${name as Name}`) ? words(`names.${name as Name}`) : name;
  const write = (one: DetailValue) => valueWords(one, { isWorded: worded.has(name), locale });
  if (before === undefined) return words("detail", { name: label, value: write(value) });
  return words("change", { name: label, before: write(before), value: write(value) });
}

const dayPattern = /^\d{4}-\d{2}-\d{2}(?=$|T\d)/;

function valueWords(value: DetailValue, reading: { isWorded: boolean; locale: Locale }): string {
  const { isWorded, locale } = reading;
  const words = translator("audit", locale);
  if (value === null || value === "") return words("nothing");
  if (typeof value === "boolean") return words(value ? "yes" : "no");
  if (typeof value === "number") return value.toLocaleString(locale);
  if (typeof value === "string") {
    const [day] = dayPattern.exec(value) ?? [];
    if (day) return shortDateName(day, locale);
    const word = `values.${value.replaceAll(/[ .-]/g, "_") as Word}` as const;
    return isWorded && words.has(word) ? words(word) : value;
  }
  const parts = value.map((one) => valueWords(one, reading));
  return parts.length > 0 ? listOf(parts, locale) : words("nothing");
}
