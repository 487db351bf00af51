import { describe, expect, test } from "vitest";
import { parseArticle } from "@/lib/help/article";

const head = `---
title: Keys
summary: All about keys.
audience: organizer, developer
updated: 2026-11-22
related: locks
---
`;

const parse = (body: string) => parseArticle("keys", head + body);

describe("a page of the help", () => {
  test("a page of the help says for whom it is, how old it is and what is related", () => {
    expect(parse("Text.")).toMatchObject({
      slug: "keys",
      title: "Keys",
      summary: "All about keys.",
      audience: ["organizer", "developer"],
      updated: "2026-11-22",
      related: ["locks"],
    });
  });

  test.each(["title", "summary", "audience", "updated", "related"])(
    "a page of the help is refused without its %s",
    (name) => {
      const lacking = head.replace(new RegExp(`^${name}: .*\n`, "m"), "");
      expect(() => parseArticle("keys", `${lacking}Text.`)).toThrow();
    },
  );

  test.each([
    ["audience", "passer-by"],
    ["updated", "yesterday"],
    ["author", "Ada"],
  ])("a page of the help is refused with the %s %s", (name, value) => {
    const odd = head.replace(new RegExp(`(^${name}: .*\n)?---\n$`, "m"), `${name}: ${value}\n---\n`);
    expect(() => parseArticle("keys", `${odd}Text.`)).toThrow();
  });

  test("a page of the help is read at 200 words a minute, tables, lists and code included", () => {
    expect(parse("word ".repeat(200)).readingMinutes).toBe(1);
    expect(parse("word ".repeat(201)).readingMinutes).toBe(2);
    expect(
      parse(`${"- word\n".repeat(150)}\n| a | b |\n|---|---|\n${"| c | d |\n".repeat(50)}`).readingMinutes,
    ).toBe(2);
    expect(parse("").readingMinutes).toBe(1);
  });

  test("a page of the help has a section for each heading, with the text below it", () => {
    const { sections } = parse(
      "Before.\n\n## One `key`\n\nHas **bold** & [a link](locks.md).\n\n### Sub\n\n- first\n- second",
    );
    expect(sections).toEqual([
      { id: "", depth: 1, title: "", text: "Before." },
      { id: "one-key", depth: 2, title: "One key", text: "Has bold & a link." },
      { id: "sub", depth: 3, title: "Sub", text: "first second" },
    ]);
  });

  test("a page of the help has anchors as GitHub makes them", () => {
    const { sections } = parse("## What's new? (2026)\n\n## AADSTS50011\n\n## A — B\n\n## AADSTS50011");
    expect(sections.slice(1).map(({ id }) => id)).toEqual([
      "whats-new-2026",
      "aadsts50011",
      "a--b",
      "aadsts50011-1",
    ]);
  });
});
