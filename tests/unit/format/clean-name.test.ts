import { expect, test } from "vitest";
import { cleanName } from "@/lib/format/clean-name";

test.each([
  ["Vera Visitor", "Vera Visitor"],
  ["Dr. Ada King-Noel", "Dr. Ada King-Noel"],
  ["J.R. Smith", "J. R. Smith"],
  ["Siobhán O’Brien Jr.", "Siobhán O’Brien Jr."],
  ["山田 太郎", "山田 太郎"],
  ["Jean St.-Pierre", "Jean St.-Pierre"],
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
  "evil\ufe0f.example",
  "evix\u0301.example",
  "evil\u034f.example",
  "evil_.example",
  "evil․example",
  "evil﹒example",
  "https：／／evil",
  "ｗｗｗ．evil",
  "me＠evil",
  "me﹫evil",
  "(www.evil)",
  "https:evil",
  "mailto:evil",
])("nothing that a mail program would make a link of is left of %s", (name) => {
  const cleaned = cleanName(name).normalize("NFKC");
  expect(cleaned).not.toMatch(/:\/\/|@|\/|www\.|https?:|mailto|[^\s.][.\u3002][^\s.]/iu);
});

test("a long name is cut to 80 characters", () => {
  expect(cleanName("Ada ".repeat(100)).length).toBeLessThanOrEqual(80);
});
