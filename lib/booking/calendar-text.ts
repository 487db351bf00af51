/** What stands in the calendar event. PURE. */

const entities: Record<string, string> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (char) => entities[char] ?? char);
}

/** Fills a subject template: `{name}` organizer, `{title}` event type, `{visitor}` who booked. Unknown braces stay. */
export function fillSubject(
  template: string,
  values: { name: string; title: string; visitor: string },
): string {
  const filled = template.replace(/\{(name|title|visitor)\}/g, (_, key: keyof typeof values) => values[key]);
  return filled.replace(/\s+/g, " ").trim().slice(0, 255);
}

export interface DescriptionParts {
  description: string;
  /** Question and answer, in the order of the form. */
  answers: { label: string; answer: string }[];
  /** Left out where several visitors share the event: the link is one person's own. */
  manage: { label: string; url: string } | null;
}

/** The body of the calendar event as HTML; everything people wrote is escaped. */
export function describeEvent({ description, answers, manage }: DescriptionParts): string {
  const paragraphs = [
    ...(description ? [escapeHtml(description).replace(/\r?\n/g, "<br>")] : []),
    ...answers.map(({ label, answer }) => `<strong>${escapeHtml(label)}</strong><br>${escapeHtml(answer)}`),
    ...(manage ? [`<a href="${escapeHtml(manage.url)}">${escapeHtml(manage.label)}</a>`] : []),
  ];
  return paragraphs.map((html) => `<p>${html}</p>`).join("\n");
}
