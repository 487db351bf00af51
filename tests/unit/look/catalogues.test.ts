import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { shippedTags } from "@/lib/i18n/languages";
import { listButtonWords } from "@/tests/support/button-words";
import { readCatalogue, readMessage, shownLength } from "@/tests/support/catalogues";
import { sameEverywhere, sameIn } from "@/tests/support/same-words";

const english = readCatalogue("en");
const others = shippedTags.filter((tag) => tag !== "en");
const buttonWords = listButtonWords();

/** What is shown in English, since no one has translated it yet; `npm run words` keeps this list. */
const untranslated: Readonly<Record<string, readonly string[]>> = JSON.parse(
  readFileSync("messages/untranslated.json", "utf8"),
);

/** A message without its placeholders, tags, digits and signs. */
function wordsOf(message: string): string[] {
  const bare = message.replace(/<\/?\w+>/g, " ").replace(/\{\w+\}/g, " ");
  return bare
    .split(/[^\p{L}.-]+/u)
    .map((word) => word.replace(/\.$/, ""))
    .filter((word) => /\p{L}/u.test(word));
}

function branchesMissing(tag: string, key: string, message: string): string[] {
  return readMessage(message).plurals.flatMap(({ ordinal, branches }) => {
    const rules = new Intl.PluralRules(tag, { type: ordinal ? "ordinal" : "cardinal" });
    const missing = rules.resolvedOptions().pluralCategories.filter((one) => !branches.includes(one));
    return missing.length > 0 ? [`${key}: ${missing.join(", ")}`] : [];
  });
}

describe.each(others)("the words in %s", (tag) => {
  const words = readCatalogue(tag);
  const shared = [...words].filter(([key]) => english.has(key));

  it("the words in another language are all there or on the list of those that are missing, and no more than in English", () => {
    const missing = [...english.keys()].filter((key) => !words.has(key)).sort();
    expect(missing, "run `npm run words`, and see docs/translating.md").toEqual(untranslated[tag] ?? []);
    expect([...words.keys()].filter((key) => !english.has(key))).toEqual([]);
  });

  it("the words in another language are well-formed, with the placeholders, tags and choices of English", () => {
    const different = shared.filter(
      ([key, message]) =>
        readMessage(message).parts.join(" ") !== readMessage(english.get(key) ?? "").parts.join(" "),
    );
    expect(different.map(([key, message]) => `${key}: ${message}`)).toEqual([]);
  });

  it("the words in another language have every plural that the language has", () => {
    expect(shared.flatMap(([key, message]) => branchesMissing(tag, key, message))).toEqual([]);
  });

  it("the words in another language are other words, but for those that are the same in both", () => {
    const same = new Set(`${sameEverywhere} ${sameIn[tag]}`.toLowerCase().split(" "));
    const left = shared.filter(
      ([key, message]) =>
        message === english.get(key) && wordsOf(message).some((word) => !same.has(word.toLowerCase())),
    );
    expect(left.map(([key, message]) => `${key}: ${message}`)).toEqual([]);
  });

  it("the words in another language are never empty, and never shout", () => {
    const shouts = (message: string) => /[!！¡]/.test(message.replaceAll("Easy!Appointments", ""));
    expect(shared.filter(([, message]) => message.trim() === "" || shouts(message))).toEqual([]);
  });

  it("the words in another language fit in the buttons that hold them", () => {
    const long = buttonWords.filter((key) => {
      const [here = 0, there = 0] = [words.get(key), english.get(key)].map((one) => shownLength(one ?? ""));
      return here > Math.max(there * 2, 18);
    });
    expect(long.map((key) => `${key}: ${words.get(key)} (${english.get(key)})`)).toEqual([]);
  });
});

it("the words that buttons hold are found in the source", () => {
  expect(buttonWords.length).toBeGreaterThan(100);
  expect(buttonWords).toContain("auth.signIn.submit");
  for (const key of buttonWords) expect(english.has(key), key).toBe(true);
});
