/** PURE: looks through the help, headings first. */
import type { Article } from "@/lib/help/article";
import { foldText, listWords, readTerms } from "@/lib/help/question";
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

/**
 * Parts of the help that have what is asked for, word for word before words that mean the same, and in a heading before in a
 * text. An AADSTS code is enough.
 */
export function searchHelp(articles: Article[], question: string): Hit[] {
  const code = findCode(question);
  const shelf = indexOf(articles);
  const terms = code ? [] : readTerms(question, shelf.vocabulary, shelf.everything);
  const literal = listWords(foldText(question));
  if (!code && terms.length === 0) return [];
  const isCode = new RegExp(`aadsts${code}\\b`);
  const rankOf = ({ heading, all }: Place): number | null => {
    if (code) return isCode.test(heading) ? 0 : isCode.test(all) ? 1 : null;
    const has = (text: string) => terms.every((term) => term.some((word) => text.includes(word)));
    const says = (text: string) => literal.every((word) => text.includes(word));
    if (says(heading)) return 0;
    if (has(heading)) return 1;
    return says(all) ? 2 : has(all) ? 3 : null;
  };
  return shelf.places
    .flatMap((place) => {
      const rank = rankOf(place);
      return rank === null ? [] : [{ rank, hit: place.hit }];
    })
    .sort((a, b) => a.rank - b.rank)
    .slice(0, hitsMax)
    .map(({ hit }) => hit);
}

/** A part of the help as it is looked through. */
interface Place {
  hit: Hit;
  heading: string;
  all: string;
}

interface Shelf {
  places: Place[];
  everything: string;
  vocabulary: ReadonlySet<string>;
}

const shelves = new WeakMap<Article[], Shelf>();

/** Folded once for each set of articles. */
function indexOf(articles: Article[]): Shelf {
  const known = shelves.get(articles);
  if (known) return known;
  const places = articles.flatMap((article) =>
    article.sections.map((section): Place => {
      const title = section.title || article.title;
      const heading = foldText(`${title} ${section.id ? "" : article.summary}`);
      const excerpt = shorten(section.id ? section.text : article.summary);
      return {
        hit: { href: addressOf(article.slug, section.id), title, page: article.title, excerpt },
        heading,
        all: `${heading} ${foldText(section.text)}`,
      };
    }),
  );
  const everything = places.map(({ all }) => all).join(" ");
  const words = listWords(everything);
  const vocabulary = new Set([...words, ...words.flatMap((word) => word.split(/[_.-]/))]);
  const shelf = { places, everything, vocabulary };
  shelves.set(articles, shelf);
  return shelf;
}

/** The number in a message of Microsoft's that someone pasted: `AADSTS50011: The redirect URI…` is 50011. */
export function findCode(question: string): string | null {
  const written = /^\s*(\d{5,7})\s*$|AADSTS[\s:-]*(\d{5,7})|\b(?:error|code)\s*:?\s*(\d{5,7})\b/i;
  return written.exec(question)?.slice(1).find(Boolean) ?? null;
}

export function addressOf(slug: string, anchor = ""): string {
  return `/help/${slug}${anchor && `#${anchor}`}`;
}

function shorten(text: string): string {
  if (text.length <= excerptMax) return text;
  return `${cutText(text, excerptMax).replace(/\s+\S*$/, "")}…`;
}
