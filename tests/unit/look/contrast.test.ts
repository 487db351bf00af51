import { describe, expect, it } from "vitest";
import { contrast } from "@/lib/format/colour";
import { findWeakPairs, pairs, readProductTokens, readTokens } from "@/scripts/contrast";

const tokens = readProductTokens();

describe("the colours", () => {
  it("the colours are all there, in both themes", () => {
    expect(tokens.size).toBe(20);
  });

  it.each(pairs)(
    "the colours show $front on $back clearly enough in both themes",
    ({ front, back, least }) => {
      const above = tokens.get(front);
      const below = tokens.get(back);
      if (!above || !below) throw new Error(`There is no token ${front} or ${back}.`);
      expect(contrast(above.light, below.light)).toBeGreaterThanOrEqual(least);
      expect(contrast(above.dark, below.dark)).toBeGreaterThanOrEqual(least);
    },
  );
});

describe("the contrast check", () => {
  it("the contrast check measures black on white as 21 to 1", () => {
    expect(contrast([0, 0, 0], [255, 255, 255])).toBeCloseTo(21, 5);
  });

  it("the contrast check agrees with the ratios of the palette", () => {
    const ink = tokens.get("ink");
    const background = tokens.get("background");
    if (!ink || !background) throw new Error("The palette has no ink or no background.");
    expect(contrast(ink.light, background.light)).toBeCloseTo(15.0, 0);
    expect(contrast(ink.dark, background.dark)).toBeCloseTo(15.9, 0);
  });

  it("the contrast check names a pair that grew too weak, and its theme", () => {
    const faded = new Map(tokens);
    const ink = tokens.get("ink");
    if (!ink) throw new Error("The palette has no ink.");
    faded.set("muted", { light: [180, 185, 185], dark: ink.dark });
    const weak = findWeakPairs(faded);
    expect(weak.some((line) => line.startsWith("muted on background, light:"))).toBe(true);
    expect(weak.some((line) => line.includes("dark"))).toBe(false);
  });

  it("the contrast check notices a token that went missing", () => {
    expect(findWeakPairs(readTokens(""))).toContain("ink on background: there is no such token");
  });
});
