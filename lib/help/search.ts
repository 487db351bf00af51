/** PURE: looks through the help, headings first. */
import type { Article } from "@/lib/help/article";
import { cutText } from "@/lib/input/cut";

export interface Hit {
  /** Address of the page or of a heading in it. */
  href: string;
  title: string;
  /** The page it is on. */
  page: string;
  excerpt: string;
}

const hitsMax = 30;
const excerptMax = 160;

/** Parts of the help that have every word of the question, those with them in a heading first. An AADSTS code is enough. */
export function searchHelp(articles: Article[], question: string): Hit[] {
  const words = wordsOf(question);
  if (words.length === 0) return [];
  const ranked = articles.flatMap((article) =>
    article.sections.map((section) => {
      const title = section.title || article.title;
      const heading = `${title} ${section.id ? "" : article.summary}`.toLowerCase();
      const all = `${heading} ${section.text}`.toLowerCase();
      const has = (text: string) => words.every((word) => word.test(text));
      const rank = has(heading) ? 0 : has(all) ? 1 : null;
      const excerpt = shorten(section.id ? section.text : article.summary);
      return {
        rank,
        hit: { href: addressOf(article.slug, section.id), title, page: article.title, excerpt },
      };
    }),
  );
  const inRank = (wanted: number) => ranked.filter(({ rank }) => rank === wanted).map(({ hit }) => hit);
  return [...inRank(0), ...inRank(1)].slice(0, hitsMax);
}

/** What has to be there: one code whole, or words of which beginnings and parts will do. */
function wordsOf(question: string): RegExp[] {
  const code = findCode(question);
  if (code) return [new RegExp(`aadsts${code}\\b`)];
  const words = question.toLowerCase().match(/[\p{L}\p{N}]+(?:[_.-][\p{L}\p{N}]+)*/gu) ?? [];
  return words.map((word) => new RegExp(word.replaceAll(".", "\\.")));
}

/** The number in a message of Microsoft's that somebody pasted: `AADSTS50011: The redirect URI…` is 50011. */
export function findCode(question: string): string | null {
  return /^\s*(\d{5,7})\s*$|AADSTS\s*(\d{5,7})/i.exec(question)?.slice(1).find(Boolean) ?? null;
}

export function addressOf(slug: string, anchor = ""): string {
  return `/help/${slug}${anchor && `#${anchor}`}`;
}

function shorten(text: string): string {
  if (text.length <= excerptMax) return text;
  return `${cutText(text, excerptMax).replace(/\s+\S*$/, "")}…`;
}
