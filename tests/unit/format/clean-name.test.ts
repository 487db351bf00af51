import { expect, test } from "vitest";
import { cleanName } from "@/lib/format/clean-name";

test.each([
  ["Vera Visitor", "Vera Visitor"],
  ["Dr. Ada King-Noel", "Dr. Ada King-Noel"],
  ["J.R. Smith", "J. R. Smith"],
  ["Siobhán O’Brien Jr.", "Siobhán O’Brien Jr."],
  ["山田 太郎", "山田 太郎"],
])("a name that people have stays: %s", (name, cleaned) => {
  expect(cleanName(name)).toBe(cleaned);
});

test.each([
  "Win https://evil.example/x now",
  "WWW.evil.example free money",
  "evil.example",
  "evil。example",
  "mail me@evil.example",
  "//evil.example/path",
  "ev\u200bil.example",
])("nothing that a mail program would make a link of is left of %s", (name) => {
  const cleaned = cleanName(name);
  expect(cleaned).not.toMatch(/:\/\/|@|\/|www\.|\p{L}[.\u3002\uff0e\uff61]\p{L}/iu);
});

test("a long name is cut to 80 characters", () => {
  expect(cleanName("Ada ".repeat(100)).length).toBeLessThanOrEqual(80);
});
