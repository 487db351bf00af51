import { cutText } from "@/lib/input/cut";

/** What a template of the organizer's may name. */
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

/** A template with its names filled in. What they contain is never read as a placeholder again, and what is no placeholder stays. PURE. */
export function fillTemplate(template: string, names: SubjectNames): string {
  const values = new Map<string, string>(Object.entries(names));
  return template.replaceAll(placeholder, (whole, name: string) => values.get(name) ?? whole);
}

/** Exchange refuses longer ones. */
const longestSubject = 255;

/** The subject of an appointment, in every calendar alike: one line of at most 255 UTF-16 units. */
export function renderSubject(template: string, names: SubjectNames): string {
  return cutText(fillTemplate(template, names).replace(/\s+/g, " ").trim(), longestSubject);
}

/** The template that a meeting keeps: where several visitors share one event, its subject names none of them. */
export function templateForMeeting(template: string, seats: number | null | undefined): string {
  return (seats ?? 1) > 1 ? template.replaceAll("{visitor}", "{title}") : template;
}
