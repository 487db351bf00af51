/** A text for comparing: in lower case and without accents, ligatures and full-width letters as their plain ones. PURE. */
export function plainLetters(text: string): string {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
}
