import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { apiArticle } from "@/lib/help/api-article";
import { type Article, parseArticle } from "@/lib/help/article";

/** In this order they are listed; one that is not named here comes last. */
const order = [
  "tour",
  "organizer-guide",
  "teams",
  "api",
  "admin-guide",
  "scaling",
  "troubleshooting",
  "gotchas",
  "visitor-data",
  "translating",
  "accessibility",
];

let shelf: Promise<Article[]> | undefined;

/** All pages of the help, read once: they change with the version alone. */
export function listArticles(): Promise<Article[]> {
  shelf ??= readAll().catch((error) => {
    shelf = undefined;
    throw error;
  });
  return shelf;
}

/** One page by its address; null when there is none. */
export async function getArticle(slug: string): Promise<Article | null> {
  const articles = await listArticles();
  return articles.find((article) => article.slug === slug) ?? null;
}

async function readAll(): Promise<Article[]> {
  const folder = path.join(/* turbopackIgnore: true */ process.cwd(), "docs");
  const names = (await readdir(folder)).filter((name) => name.endsWith(".md"));
  const articles = await Promise.all(
    names.map(async (name) =>
      parseArticle(path.basename(name, ".md"), await readFile(path.join(folder, name), "utf8")),
    ),
  );
  const placeOf = ({ slug }: Article) => (order.includes(slug) ? order.indexOf(slug) : order.length);
  return [...articles, apiArticle()].sort((a, b) => placeOf(a) - placeOf(b));
}
