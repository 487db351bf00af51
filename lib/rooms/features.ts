/** A room's features as they are typed, between commas of any script. PURE. */
export function splitFeatures(text: string): string[] {
  return text.split(/[,،、]/).flatMap((feature) => feature.trim() || []);
}
