/** What a subject template may name. */
export interface SubjectNames {
  /** The organizer's or business's name. */
  name: string;
  /** The visitor's name. */
  visitor: string;
  /** The event type's title. */
  title: string;
}

export const defaultSubjectTemplate = "Online appointment with {name}";

const placeholder = /\{([^{}]*)\}/g;

/** The first placeholder of a template that Bellhop does not know, or null. */
export function findUnknownPlaceholder(template: string): string | null {
  const known = ["name", "visitor", "title"];
  for (const [whole, name = ""] of template.matchAll(placeholder)) {
    if (!known.includes(name)) return whole;
  }
  return null;
}

/** Fills in a subject template. What the names contain is never read as a placeholder again. */
export function renderSubject(template: string, names: SubjectNames): string {
  const values = new Map<string, string>(Object.entries(names));
  return template.replaceAll(placeholder, (whole, name: string) => values.get(name) ?? whole);
}
