export type DetailValue = string | number | boolean | null | readonly DetailValue[];

/** One fact of an audit entry: what something was set to, and what it was before where it changed. */
export interface DetailLine {
  /** As it's stored: `role`, `expiresAt`. */
  name: string;
  /** Left out: nothing changed, it's a fact of the act. */
  before?: DetailValue;
  value: DetailValue;
}

type Details = Readonly<Record<string, unknown>>;

/** What an entry knows besides, a line for each fact. What didn't change is left out. PURE. */
export function listDetails({ before, after, ...facts }: Details): DetailLine[] {
  const [old, fresh] = [asFacts(before), asFacts(after)];
  const names = [...new Set([...Object.keys(old), ...Object.keys(fresh)])];
  const changes = names
    .map((name) => ({ name, before: toValue(old[name]), value: toValue(fresh[name]) }))
    .filter((change) => JSON.stringify(change.before) !== JSON.stringify(change.value));
  const rest = Object.entries(facts).flatMap(([name, fact]) => {
    // A group of facts, such as which secrets are new.
    const group = typeof fact === "object" && fact !== null && !Array.isArray(fact);
    return Object.entries(group ? asFacts(fact) : { [name]: fact });
  });
  return [...changes, ...rest.map(([name, fact]) => ({ name, value: toValue(fact) }))];
}

function asFacts(value: unknown): Details {
  return typeof value === "object" && value !== null ? { ...value } : {};
}

function toValue(fact: unknown): DetailValue {
  if (Array.isArray(fact)) return fact.map(toValue);
  if (typeof fact === "string" || typeof fact === "number" || typeof fact === "boolean") return fact;
  return fact === undefined || fact === null ? null : JSON.stringify(fact);
}
