import { readdirSync } from "node:fs";
import { createTranslator } from "use-intl/core";
import { describe, expect, it } from "vitest";
import { defaultLocale } from "@/lib/i18n/languages";
import { english } from "@/lib/i18n/messages";
import { translator } from "@/lib/i18n/translator";

/** Every message with its whole key: "common.theme.dark". */
function list(node: unknown, path: string[] = []): [string, string][] {
  if (typeof node === "string") return [[path.join("."), node]];
  return Object.entries(node ?? {}).flatMap(([key, value]) => list(value, [...path, key]));
}

const all = list(english);

describe("the words", () => {
  it("the words come from every file there is", () => {
    const files = readdirSync("messages/en").map((file) => file.replace(/\.json$/, ""));
    expect(Object.keys(english).sort()).toEqual(files.sort());
  });

  it("the words are looked up by namespace and key", () => {
    expect(translator("common", defaultLocale)("personMenu.name", { name: "Ines Moreau" })).toBe(
      "Account, Ines Moreau",
    );
  });

  it("the words are all well-formed messages", () => {
    const malformed: string[] = [];
    const words = createTranslator({
      locale: "en",
      messages: english,
      onError: (error) => {
        if (error.code === "INVALID_MESSAGE") malformed.push(error.message);
      },
      // Keys are typed one by one; here they all come from a list.
    }) as unknown as (key: string, values: object) => string;
    for (const [key] of all) words(key, {});
    expect(malformed).toEqual([]);
  });

  it("the words are never empty, and never shout", () => {
    expect(all.filter(([, message]) => message.trim() === "").map(([key]) => key)).toEqual([]);
    // The name of a product.
    const shouts = (message: string) => message.replaceAll("Easy!Appointments", "").includes("!");
    expect(all.filter(([, message]) => shouts(message)).map(([key]) => key)).toEqual([]);
  });

  it("the words use plain words, one spelling of email and one kind of apostrophe", () => {
    const odd =
      /’|;|\be-mail|\b(?:somebody|nobody|anybody|everybody|whoever|anew|mend(?:ed)?|shall|wish(?:es)?|told)\b/i;
    expect(all.filter(([, message]) => odd.test(message)).map(([key]) => key)).toEqual([]);
  });
});
