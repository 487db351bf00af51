import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { marked } from "marked";
import { describe, expect, test } from "vitest";
import { type Article, known } from "@/lib/help/article";
import { listArticles } from "@/lib/help/library";
import { setTestEnvironment } from "@/tests/support/env";

setTestEnvironment();

const articles = await listArticles();
const named = articles.map((article): [string, Article] => [article.slug, article]);
const anchorsIn = (article: Article) => article.sections.map(({ id }) => id).filter(Boolean);

function read(file: string): string {
  return readFileSync(file, "utf8");
}

test("the pages that the product promises are there", () => {
  expect(articles.map(({ slug }) => slug)).toEqual([
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
  ]);
});

describe.each(named)("%s", (_, article) => {
  const links: string[] = [];
  const kinds = new Set<string>();
  marked.walkTokens(article.tokens, (token) => {
    kinds.add(token.type);
    if (token.type === "link") links.push(token.href);
  });

  test("each page that a page of the help names as related exists and is another one", () => {
    const others = articles.map(({ slug }) => slug).filter((slug) => slug !== article.slug);
    expect(others).toEqual(expect.arrayContaining(article.related));
  });

  test("every link within the help leads to a page and a heading", () => {
    const broken = links
      .filter((href) => !/^https:\/\//.test(href))
      .filter((href) => {
        const [, slug = article.slug, anchor] = /^(?:([\w-]+)\.md)?(?:#(.+))?$/.exec(href) ?? ["", "?"];
        const target = articles.find((other) => other.slug === slug);
        return !target || (anchor !== undefined && !anchorsIn(target).includes(anchor));
      });
    expect(broken).toEqual([]);
  });

  test("a page of the help uses only what the pages can show", () => {
    const shown =
      "blockquote br code codespan em escape heading image link list list_item paragraph space strong table text";
    expect(shown.split(" ")).toEqual(expect.arrayContaining([...kinds]));
  });

  test("headings go down one step at a time, and no two share an anchor", () => {
    const headings = known(article.tokens).flatMap((token) => (token.type === "heading" ? token.depth : []));
    expect(headings[0]).toBe(2);
    expect(new Set(headings)).toEqual(new Set(headings.includes(3) ? [2, 3] : [2]));
    expect(anchorsIn(article).filter((id) => /-\d+$/.test(id) && !/^aadsts/.test(id))).toEqual([]);
  });

  test("a table's first column tells its rows apart", () => {
    for (const token of article.tokens) {
      if (token.type !== "table") continue;
      const names = token.rows.map(([first]) => first?.text);
      expect(names).toEqual([...new Set(names)]);
      expect(token.header.length).toBeLessThanOrEqual(3);
    }
  });
});

describe("codes of Microsoft", () => {
  const troubleshooting = articles.find(({ slug }) => slug === "troubleshooting");
  const entries = troubleshooting?.sections.filter(({ id }) => /^aadsts\d+$/.test(id)) ?? [];

  function filesUnder(folder: string): string[] {
    return readdirSync(folder, { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(".ts"))
      .map((name) => path.join(folder, name));
  }

  test("every code that the product knows has an entry", () => {
    const codes = filesUnder("lib/meetings").flatMap((file) =>
      [...read(file).matchAll(/"(\d{5,7})"|AADSTS(\d{5,7})/g)].map((found) => found[1] ?? found[2]),
    );
    expect(codes.length).toBeGreaterThan(0);
    expect(entries.map(({ id }) => id)).toEqual(expect.arrayContaining(codes.map((code) => `aadsts${code}`)));
  });

  test.each(
    `50011 50020 50034 50057 50074 50076 50079 50173 50194 50196 53000 53003 54005 65001 65004 70008 70011 70043 90002 90093
     90094 90095 28002 500112 500200 500208 501481 700005 700016 700082 700084 7000215 7000218 7000222 9002313`.split(
      /\s+/,
    ),
  )("AADSTS%s can be linked to", (code) => {
    expect(entries.find(({ id }) => id === `aadsts${code}`)?.text).toMatch(/\w{3,}/);
  });
});

describe("the environment", () => {
  const [, schema = ""] = /const schema = z\.object\(\{(.*?)\n\}\);/s.exec(read("lib/config/env.ts")) ?? [];
  // NODE_ENV is set by the scripts, TEST_LANGUAGES by tests, neither by people.
  const variables = [...schema.matchAll(/^ {2}([A-Z_]+):/gm)]
    .map(([, name = ""]) => name)
    .filter((name) => name !== "NODE_ENV" && name !== "TEST_LANGUAGES");
  const guide = read("docs/admin-guide.md");
  const example = read(".env.example");

  test("the environment is found in the source", () => {
    expect(variables).toEqual(expect.arrayContaining(["APP_URL", "TEAMS_GRAPH_URL"]));
  });

  test.each(variables)("%s is in the guide's tables and in .env.example", (name) => {
    expect(guide).toContain(`\n| \`${name}\` |`);
    expect(example).toMatch(new RegExp(`^${name}=`, "m"));
  });

  test("the guide names no variable that does not exist", () => {
    const documented = [...guide.matchAll(/^\| `([A-Z_]+)` \|/gm)].map(([, name]) => name);
    expect(variables).toEqual(expect.arrayContaining(documented));
  });
});
