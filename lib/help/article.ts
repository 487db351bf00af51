/** PURE: what one file of docs/ says about itself, and its parts. */
import { type MarkedToken, marked, type Token } from "marked";
import { z } from "zod";

/** The help is written in English, whatever language its reader reads. */
export const helpLanguage = "en";

/** What says so of its parts on a page in another language. */
export const inEnglish = { lang: helpLanguage, dir: "ltr" } as const;

export const audiences = ["platform admin", "organizer", "developer", "visitor"] as const;
export type Audience = (typeof audiences)[number];

const commaList = z.string().transform((text) => text.split(",").map((part) => part.trim()));

const frontMatter = z.strictObject({
  title: z.string().min(1),
  /** One sentence for lists of pages. */
  summary: z.string().min(1),
  audience: commaList.pipe(z.array(z.enum(audiences)).min(1)),
  /** Date `YYYY-MM-DD` of the last change. */
  updated: z.iso.date(),
  /** Slugs of pages worth reading next. */
  related: commaList.pipe(z.array(z.string()).min(1)),
});

/** A heading and the text below it, up to the next heading of any depth. */
export interface Section {
  /** The heading's anchor; empty for the text above the first heading. */
  id: string;
  depth: number;
  title: string;
  /** Its text without markup. */
  text: string;
}

export interface Article extends z.output<typeof frontMatter> {
  /** File name without its ending, which is the page's address below /help. */
  slug: string;
  tokens: MarkedToken[];
  sections: Section[];
  readingMinutes: number;
}

/** Words that people read in a minute, in texts they have to understand. */
const wordsPerMinute = 200;

/** Reads a file of docs/. Throws when its front matter is not complete. */
export function parseArticle(slug: string, file: string): Article {
  const [, head = "", body = ""] = /^---\n(.*?)\n---\n(.*)$/s.exec(file) ?? [];
  const tokens = known(marked.lexer(body));
  const sections = listSections(tokens);
  return {
    slug,
    ...frontMatter.parse(readPairs(head)),
    tokens,
    sections,
    readingMinutes: readingMinutesOf(sections),
  };
}

export function readingMinutesOf(sections: readonly Section[]): number {
  const words = sections.flatMap(({ title, text }) => `${title} ${text}`.match(/\S+/g) ?? []);
  return Math.max(1, Math.ceil(words.length / wordsPerMinute));
}

function readPairs(head: string): Record<string, string> {
  const lines = head.split("\n").map((line) => /^(\w+): (.+)$/.exec(line) ?? []);
  return Object.fromEntries(lines.map(([line, key = "", value = ""]) => [key || line, value.trim()]));
}

function listSections(tokens: MarkedToken[]): Section[] {
  const anchors = anchorsOf(tokens);
  const sections: Section[] = [{ id: "", depth: 1, title: "", text: "" }];
  for (const token of tokens) {
    if (token.type === "heading") {
      const { depth } = token;
      sections.push({ id: anchors.get(token) ?? "", depth, title: plainText(token.tokens), text: "" });
    } else {
      const section = sections.at(-1);
      if (section) section.text = `${section.text} ${plainText([token])}`.trim();
    }
  }
  return sections;
}

/** The anchors of all headings, made as GitHub makes them, so that links work there as well. */
export function anchorsOf(tokens: MarkedToken[]): Map<MarkedToken, string> {
  const used = new Map<string, number>();
  const anchors = new Map<MarkedToken, string>();
  for (const token of tokens) {
    if (token.type !== "heading") continue;
    const anchor = plainText(token.tokens)
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, "")
      .replace(/\s/g, "-");
    const times = used.get(anchor) ?? 0;
    used.set(anchor, times + 1);
    anchors.set(token, times === 0 ? anchor : `${anchor}-${times}`);
  }
  return anchors;
}

/** Without extensions marked makes no other tokens than those it lists. */
export function known(tokens: Token[]): MarkedToken[] {
  return tokens as MarkedToken[];
}

/** What tokens say, without markup. */
export function plainText(tokens: Token[]): string {
  return known(tokens).map(textOf).join("").replace(/\s+/g, " ").trim();
}

function textOf(token: MarkedToken): string {
  switch (token.type) {
    case "table":
      return [token.header, ...token.rows]
        .flat()
        .map((cell) => `${inlineText(cell.tokens)} `)
        .join("");
    case "list":
      return token.items.map((item) => `${inlineText(item.tokens)} `).join("");
    case "space":
    case "br":
      return " ";
    default:
      if ("tokens" in token && token.tokens) return inlineText(token.tokens);
      return "text" in token ? token.text : "";
  }
}

const inlineText = (tokens: Token[]): string => known(tokens).map(textOf).join("");
