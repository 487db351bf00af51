/** The one form of a mail: greeting, paragraphs, facts, buttons; as text and as HTML that mail programs can show. */
import { escapeHtml } from "@/lib/format/html";
import { languageOf, localeOf } from "@/lib/i18n/languages";
import type { MailContent } from "@/lib/outbox/outbox";

export interface Letter {
  /** BCP 47 language of the words. */
  locale: string;
  /** What mail programs show beside the subject; left out: the beginning of the letter. */
  preview?: string;
  greeting: string;
  paragraphs: string[];
  /** Each line of a value is a line of its own. */
  facts?: { label: string; value: string }[];
  /** The first is the main one. */
  actions?: { label: string; url: string }[];
  /** After the buttons. */
  closing: string[];
  /** What whoever writes says in words of their own, in whichever language: instead of the greeting, and at the end. */
  own?: OwnMailWords;
  /** Whose letter it is, as its head and its buttons show it; left out: Bellhop's. */
  brand?: LetterBrand;
}

/** Plain text, with lines and paragraphs; null: nothing. */
export interface OwnMailWords {
  greeting: string | null;
  closing: string | null;
}

export interface LetterBrand {
  name: string;
  /** At an address that is reached from anywhere, in pixels. */
  logo: { url: string; width: number; height: number } | null;
  /** `#rrggbb`, readable on paper, and what is readable on it; null: Bellhop's. */
  colours: { accent: string; ink: string } | null;
}

// Mail programs know no custom properties: the tokens background, surface, ink, accent and accent-ink of the light theme.
const colour = {
  page: "#f2f5f0",
  sheet: "#fbfcfa",
  ink: "#0b212a",
  accent: "#025469",
  onAccent: "#fbfcfa",
};

const paragraph = "margin:0 0 16px";
const sheet = `max-width:560px;margin:0 auto;padding:32px;border-radius:10px;background:${colour.sheet};color:${colour.ink};font:16px/24px 'Hanken Grotesk',system-ui,sans-serif`;

function buttonsOf({ accent, ink }: { accent: string; ink: string }) {
  const button = `display:inline-block;padding:11px 20px;border:1px solid ${accent};border-radius:6px;font-weight:600;text-decoration:none`;
  return { main: `${button};background:${accent};color:${ink}`, second: `${button};color:${accent}` };
}

const logoHeight = 48;
const logoWidth = 240;

/** Mail programs that show no pictures show the name instead, in the same place. */
function headOf({ name, logo }: LetterBrand): string {
  const said = escapeHtml(name);
  const title = "font-size:18px;line-height:26px;font-weight:600";
  if (!logo) return `<p style="margin:0 0 24px;${title}">${said}</p>`;
  const scale = Math.min(1, logoHeight / logo.height, logoWidth / logo.width);
  const [width, height] = [logo.width, logo.height].map((side) => Math.max(1, Math.round(side * scale)));
  return `<p style="margin:0 0 24px;${title}"><img src="${escapeHtml(logo.url)}" alt="${said}" width="${width}" height="${height}" style="border:0"></p>`;
}

/** Writes a letter out twice with the same words. */
export function writeLetter(letter: Letter): MailContent {
  return { text: toText(letter), html: toHtml(letter) };
}

function toText({ greeting, paragraphs, facts = [], actions = [], closing, own }: Letter): string {
  const blocks = [
    own?.greeting ?? greeting,
    ...paragraphs,
    ...facts.map(({ label, value }) => `${label}\n${value}`),
    ...actions.map(({ label, url }) => `${label}:\n${url}`),
    ...closing,
    ...(own?.closing ? [own.closing] : []),
  ];
  return `${blocks.join("\n\n")}\n`;
}

function toHtml({
  locale,
  preview,
  greeting,
  paragraphs,
  facts = [],
  actions = [],
  closing,
  own,
  brand,
}: Letter): string {
  const buttons = buttonsOf(brand?.colours ?? { accent: colour.accent, ink: colour.onAccent });
  const toParagraph = (words: string) => `<p style="${paragraph}">${escapeHtml(words)}</p>`;
  const body = [
    ...(brand ? [headOf(brand)] : []),
    own?.greeting ? toOwnParagraphs(own.greeting) : toParagraph(greeting),
    ...paragraphs.map(toParagraph),
    ...facts.map(
      ({ label, value }) =>
        `<p style="${paragraph}"><span style="font-size:14px">${escapeHtml(label)}</span>${toLines(value)}</p>`,
    ),
    ...actions.map(
      ({ label, url }, index) =>
        `<p style="margin:0 0 12px"><a href="${escapeHtml(url)}" style="${index === 0 ? buttons.main : buttons.second}">${escapeHtml(label)}</a></p>`,
    ),
    ...closing.map(toParagraph),
    ...(own?.closing ? [toOwnParagraphs(own.closing)] : []),
  ].join("");
  const hint = preview
    ? `<div style="display:none;max-height:0;overflow:hidden">${escapeHtml(preview)}</div>`
    : "";
  // Mail programs that show only what is in the body keep the sheet's own.
  const language = `lang="${escapeHtml(locale)}" dir="${languageOf(localeOf(locale)).direction}"`;
  return `<!doctype html><html ${language}><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light"><title>${escapeHtml(preview ?? greeting)}</title></head><body style="margin:0;padding:24px;background:${colour.page}">${hint}<div ${language} style="${sheet}">${body}</div></body></html>`;
}

/** Words in a language that may be written in another direction than the letter's. */
const toOwnParagraphs = (text: string) =>
  text
    .split(/\n{2,}/)
    .map((part) => `<p dir="auto" style="${paragraph}">${escapeHtml(part).replaceAll("\n", "<br>")}</p>`)
    .join("");

/** An address keeps its own direction of writing. */
const toLines = (value: string) =>
  value
    .split("\n")
    .map((line) => `<br><strong dir="auto">${escapeHtml(line)}</strong>`)
    .join("");
