import { plainLetters } from "@/lib/input/plain-letters";

/** The end of an address that reads like a title: "Erstgespräch (30 min)" gives `erstgesprach-30-min`. PURE. */
export function toSlug(title: string): string {
  return plainLetters(title)
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, 63)
    .replace(/^-|-$/g, "");
}

/** A slug, or the first one with a number after it that isn't taken. PURE. */
export function freeSlug(wanted: string, taken: ReadonlySet<string>): string {
  let slug = wanted;
  for (let count = 2; taken.has(slug); count += 1)
    slug = `${wanted.slice(0, 58).replace(/-+$/, "")}-${count}`;
  return slug;
}
