import { describe, expect, it } from "vitest";
import { cutText, isBlank, lengthOf } from "@/lib/input/cut";
import { line, paragraphs } from "@/lib/input/text";

const family = "👨‍👩‍👧‍👦";
const flag = "🇫🇷";

describe("a text that is cut", () => {
  it.each([
    ["stays whole where it fits", "Ada", 3, "Ada"],
    ["ends before an emoji that does not fit", "ab😀", 3, "ab"],
    ["keeps an emoji that just fits", "ab😀c", 4, "ab😀"],
    ["tears no family apart", `a${family}`, 8, "a"],
    ["tears no flag apart", `${flag}${flag}`, 7, flag],
    ["keeps an accent on its letter", "cafe\u0301s", 4, "caf"],
    ["leaves no half of a line break", "ab\r\nc", 3, "ab"],
  ])("a text that is cut: %s", (_, text, max, expected) => {
    expect(cutText(text, max)).toBe(expected);
  });

  it("a text that is cut is never longer than asked for, nor ever half a character", () => {
    const text = `x${family}é${flag}e\u0301😀`.repeat(40);
    for (let max = 0; max <= text.length; max += 1) {
      const cut = cutText(text, max);
      expect(cut.length).toBeLessThanOrEqual(max);
      expect(text.startsWith(cut)).toBe(true);
      expect(cut.isWellFormed()).toBe(true);
    }
  });

  it("a text that is cut is cut even where one character is a heap of marks", () => {
    const heap = `e${"\u0301".repeat(1000)}`;
    expect(cutText(heap, 255)).toHaveLength(255);
    expect(cutText(`e${"\u{1d165}".repeat(1000)}`, 254).isWellFormed()).toBe(true);
  });

  it("a text that is cut has no half of a surrogate pair, even where nothing is cut", () => {
    expect(cutText("a\ud83d", 10)).toBe("a\ufffd");
  });
});

describe("what a person types", () => {
  it.each([
    ["nothing", ""],
    ["blanks", " \u00a0\u3000"],
    ["a zero-width space", "\u200b"],
    ["a joiner and a mark of direction", "\u200d\u202e\u2066"],
    ["a soft hyphen", "\u00ad"],
    ["a Hangul filler", "\u3164\uffa0"],
    ["an empty Braille cell", "\u2800"],
    ["tags and variation selectors", "\u{e0041}\ufe0f"],
  ])("%s is no name, as a person types it", (_, text) => {
    expect(isBlank(text)).toBe(true);
    expect(line(100).safeParse(text).error?.issues).toMatchObject([{ message: "required" }]);
  });

  it("what a person types may have invisible characters in it", () => {
    expect(line(100).parse(family)).toBe(family);
    expect(line(100).parse("می‌خواهم")).toBe("می‌خواهم");
  });

  it("what a person types is counted in characters", () => {
    expect(lengthOf("😀😀")).toBe(2);
    expect(line(3).safeParse("😀😀😀").success).toBe(true);
    expect(paragraphs(3).safeParse("😀😀😀").success).toBe(true);
    expect(line(3).safeParse("😀😀😀😀").error?.issues).toMatchObject([{ message: "too_long", maximum: 3 }]);
    expect(paragraphs(3).safeParse("abcd").error?.issues).toMatchObject([
      { message: "too_long", maximum: 3 },
    ]);
  });
});
