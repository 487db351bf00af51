/** What is in the calendar event. PURE. */
import { escapeHtml } from "@/lib/format/html";

export interface DescriptionParts {
  description: string;
  /** Question and answer, in the order of the form. */
  answers: { label: string; answer: string }[];
  /** A closing line in plain words. Never a visitor's own link: guests, delegates and calendars that are shared show this text. */
  closing: string | null;
}

/** The body of the calendar event as HTML; everything people wrote is escaped. */
export function describeEvent({ description, answers, closing }: DescriptionParts): string {
  const paragraphs = [
    ...(description ? [escapeHtml(description).replace(/\r?\n/g, "<br>")] : []),
    ...answers.map(({ label, answer }) => `<strong>${escapeHtml(label)}</strong><br>${escapeHtml(answer)}`),
    ...(closing ? [escapeHtml(closing)] : []),
  ];
  return paragraphs.map((html) => `<p>${html}</p>`).join("\n");
}
