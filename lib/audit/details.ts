type Details = Readonly<Record<string, unknown>>;

/** What an entry knows besides, a line for each fact: `role: organizer → admin`, `with: password`. What didn't change is left out. PURE. */
export function writeDetails({ before, after, ...facts }: Details): string[] {
  const [old, fresh] = [asFacts(before), asFacts(after)];
  const names = [...new Set([...Object.keys(old), ...Object.keys(fresh)])];
  const changes = names
    .filter((name) => write(old[name]) !== write(fresh[name]))
    .map((name) => `${name}: ${write(old[name])} → ${write(fresh[name])}`);
  return [...changes, ...Object.entries(facts).map(([name, fact]) => `${name}: ${write(fact)}`)];
}

function asFacts(value: unknown): Details {
  return typeof value === "object" && value !== null ? { ...value } : {};
}

function write(fact: unknown): string {
  if (fact === undefined || fact === null) return "–";
  return typeof fact === "object" ? JSON.stringify(fact) : String(fact);
}
