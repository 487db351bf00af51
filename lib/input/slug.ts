/** The end of an address that reads like a title: "Erstgespräch (30 min)" gives `erstgesprach-30-min`. PURE. */
export function toSlug(title: string): string {
  return title
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, 63)
    .replace(/^-|-$/g, "");
}
