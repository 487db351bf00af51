/** The one form of a plain mail: greeting, paragraphs, perhaps a button; as text and as HTML that mail programs can show. */
import type { MailContent } from "@/lib/outbox/outbox";

export interface Letter {
  /** BCP 47 language of the words. */
  locale: string;
  greeting: string;
  paragraphs: string[];
  action?: { label: string; url: string };
  /** After the button. */
  closing: string[];
}

const entities: Record<string, string> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** Makes any text safe between tags and in quoted attributes. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? character);
}

// Mail programs know no custom properties: the tokens background, surface, ink, accent and accent-ink of the light theme.
export const colour = {
  page: "#f2f5f0",
  sheet: "#fbfcfa",
  ink: "#0b212a",
  accent: "#025469",
  onAccent: "#fbfcfa",
};

/** Writes a letter out twice with the same words. */
export function writeLetter({ locale, greeting, paragraphs, action, closing }: Letter): MailContent {
  const link = action ? [`${action.label}:\n${action.url}`] : [];
  const text = `${[greeting, ...paragraphs, ...link, ...closing].join("\n\n")}\n`;
  const button = action
    ? `<p style="margin:24px 0"><a href="${escapeHtml(action.url)}" style="display:inline-block;padding:12px 20px;border-radius:6px;background:${colour.accent};color:${colour.onAccent};font-weight:600;text-decoration:none">${escapeHtml(action.label)}</a></p>`
    : "";
  const toParagraph = (words: string) => `<p style="margin:0 0 16px">${escapeHtml(words)}</p>`;
  const body =
    [greeting, ...paragraphs].map(toParagraph).join("") + button + closing.map(toParagraph).join("");
  const html = `<!doctype html><html lang="${escapeHtml(locale)}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"></head><body style="margin:0;padding:24px;background:${colour.page}"><div style="max-width:560px;margin:0 auto;padding:32px;border-radius:10px;background:${colour.sheet};color:${colour.ink};font:16px/24px 'Hanken Grotesk',system-ui,sans-serif">${body}</div></body></html>`;
  return { text, html };
}
