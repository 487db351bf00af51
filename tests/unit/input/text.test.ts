import { describe, expect, it } from "vitest";
import { isHttpsAddress, isLanguageTag, searchText } from "@/lib/input/text";

describe("what people look for", () => {
  it("what people look for is cut, and has nothing in it that the database would refuse", () => {
    expect(searchText("  Nora\u0000Byrne ", 100)).toBe("Nora Byrne");
    expect(searchText("ab😀", 3)).toBe("ab");
    expect(searchText("a\ud800b", 100)).toBe("a b");
  });
});

describe("a language tag", () => {
  it.each(["en", "pt-BR", "zh-Hans-CN", "sr-Latn"])("a language tag may be %s", (tag) =>
    expect(isLanguageTag(tag)).toBe(true),
  );
  it.each(["", "!!", "en-US-US", "en-abcd-efgh", "de-abcdefgh-abcdefgh"])("a language tag is not %j", (tag) =>
    expect(isLanguageTag(tag)).toBe(false),
  );
});

describe("an https address", () => {
  it.each(["https://a.example/b?c=d", "https://a.example/é"])("an https address may be %s", (text) =>
    expect(isHttpsAddress(text)).toBe(true),
  );
  it.each([
    "http://a.example",
    "https://a.example/\u0000",
    "https://a.example/\ud800",
    "https://a.example/a b",
  ])("an https address is not %j", (text) => expect(isHttpsAddress(text)).toBe(false));
});
