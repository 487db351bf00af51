import { createTranslator } from "use-intl/core";
import { describe, expect, it } from "vitest";
import { pseudoLanguages, toPseudo } from "@/tests/support/pseudo-language";

describe("the language for tests", () => {
  it.each([
    ["Join", "[Ĵóíñ öö]"],
    ["Hello {name}", "[Ĥéłłó {name} ööö]"],
    ["{count, plural, one {# day} other {# days}}", "[{count, plural, one {# đáý} other {# đáýš}} ööö]"],
    ["Read <b>this</b>", "[Řéáđ <b>ţĥíš</b> öööö]"],
  ])("the language for tests writes %s as %s", (message, written) => {
    expect(toPseudo(message)).toBe(written);
  });

  it("the language for tests has every message of English, each well-formed", () => {
    const malformed: string[] = [];
    const { messages } = pseudoLanguages()["en-XA"];
    const words = createTranslator({
      locale: "en",
      messages,
      onError: (error) => {
        if (error.code === "INVALID_MESSAGE") malformed.push(error.message);
      },
    }) as unknown as (key: string, values: object) => string;
    const visit = (node: unknown, path: string[]): void => {
      if (typeof node !== "string") {
        for (const [key, value] of Object.entries(node ?? {})) visit(value, [...path, key]);
        return;
      }
      words(path.join("."), {});
    };
    visit(messages, []);
    expect(malformed).toEqual([]);
  });
});
