import { describe, expect, test } from "vitest";
import { parseArticle } from "@/lib/help/article";
import { findCode, searchHelp } from "@/lib/help/search";

function page(slug: string, title: string, body: string) {
  const head = `---\ntitle: ${title}\nsummary: About ${title}.\naudience: organizer\nupdated: 2026-11-22\nrelated: other\n---\n`;
  return parseArticle(slug, head + body);
}

const articles = [
  page(
    "keys",
    "Keys",
    "## Lost keys\n\nAsk at the desk.\n\n## Spare\n\nThere are lost ones in the drawer, keys too.",
  ),
  page(
    "codes",
    "Codes",
    "## AADSTS50011\n\nThe redirect URI does not match.\n\n## AADSTS500112\n\nIt changed half way.",
  ),
];

const addresses = (question: string) => searchHelp(articles, question).map(({ href }) => href);

describe("searching the help", () => {
  test("headings come before texts", () => {
    expect(addresses("lost keys")).toEqual(["/help/keys#lost-keys", "/help/keys#spare"]);
  });

  test("every word has to be there, in whatever case", () => {
    expect(addresses("LOST desk")).toEqual(["/help/keys#lost-keys"]);
    expect(addresses("lost redirect")).toEqual([]);
  });

  test("a page is found by its title", () => {
    expect(addresses("codes")).toEqual(["/help/codes"]);
  });

  test("a message of Microsoft's leads to its code, whatever else is in it", () => {
    const message =
      "AADSTS50011: The redirect URI 'https://a.example' specified in the request does not match.";
    expect(addresses(message)[0]).toBe("/help/codes#aadsts50011");
    expect(addresses("500112")).toEqual(["/help/codes#aadsts500112"]);
  });

  test("one code is not found by the beginning of another", () => {
    expect(addresses("AADSTS50011")).toEqual(["/help/codes#aadsts50011"]);
  });

  test("nothing is asked, nothing is found", () => {
    expect(addresses("")).toEqual([]);
    expect(addresses(" ?! ")).toEqual([]);
  });

  test("a hit names its page and begins with its text", () => {
    expect(searchHelp(articles, "desk")).toEqual([
      { href: "/help/keys#lost-keys", title: "Lost keys", page: "Keys", excerpt: "Ask at the desk." },
    ]);
  });

  test.each([
    ["AADSTS700016: Application…", "700016"],
    ["aadsts 65001", "65001"],
    [" 90094 ", "90094"],
    ["room 50011", null],
    ["1234", null],
  ])("the code in “%s” is %s", (question, code) => {
    expect(findCode(question)).toBe(code);
  });
});
