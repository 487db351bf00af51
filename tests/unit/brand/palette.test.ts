import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { defaultPaletteOf, grounds, paletteOf, productAccent, writePalette } from "@/lib/brand/palette";
import { contrast, fromHex, toHex, toOklch } from "@/lib/format/colour";
import { readProductTokens } from "@/scripts/contrast";

const ratio = (one: string, other: string) => contrast(fromHex(one), fromHex(other));
const themes = ["light", "dark"] as const;

/** Every pair in which a shade of the accent is read, as scripts/contrast.ts lists them, that is too weak. */
function weakPairsOf(accent: string): string[] {
  const palette = paletteOf(accent);
  return themes.flatMap((theme) => {
    const { background, surface, raised, sunken, ink, muted } = grounds[theme];
    const shades = palette[theme];
    const pairs: [string, string, number][] = [
      ...[background, surface, raised].flatMap((ground): [string, string, number][] => [
        [shades.accent, ground, 4.5],
        [shades.strong, ground, 4.5],
      ]),
      [shades.ink, shades.accent, 4.5],
      [shades.ink, shades.strong, 4.5],
      [shades.strong, shades.tint, 4.5],
      [ink, shades.tint, 4.5],
      [muted, shades.tint, 4.5],
      [shades.accent, sunken, 3],
    ];
    return pairs
      .filter(([front, back, least]) => ratio(front, back) < least)
      .map(([front, back]) => `${accent}, ${theme}: ${front} on ${back}`);
  });
}

describe("an accent", () => {
  it("an accent can be read in both themes, and text on it too: a grid of all colours", () => {
    const steps = Array.from({ length: 16 }, (_, index) => index * 17);
    const weak = steps.flatMap((red) =>
      steps.flatMap((green) => steps.flatMap((blue) => weakPairsOf(toHex([red, green, blue])))),
    );
    expect(weak).toEqual([]);
  });

  it("an accent can be read in both themes, and text on it too: any colour", () => {
    const part = fc.nat({ max: 255 });
    fc.assert(
      fc.property(part, part, part, (red, green, blue) => {
        expect(weakPairsOf(toHex([red, green, blue]))).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  it("an accent that can be read is shown as it was chosen, whichever it is", () => {
    const steps = Array.from({ length: 9 }, (_, index) => Math.round((index * 255) / 8));
    const all = steps.flatMap((red) =>
      steps.flatMap((green) => steps.map((blue) => toHex([red, green, blue]))),
    );
    const isReadable = (accent: string, theme: (typeof themes)[number]) => {
      const { background, surface, raised, accentInk } = grounds[theme];
      return [background, surface, raised, accentInk].every((ground) => ratio(accent, ground) >= 4.5);
    };
    for (const theme of themes) {
      const readable = all.filter((accent) => isReadable(accent, theme));
      expect(readable.length).toBeGreaterThan(50);
      expect(readable.filter((accent) => paletteOf(accent)[theme].accent !== accent)).toEqual([]);
    }
  });

  it.each([
    ["#025469", "light"],
    ["#7a1fa2", "light"],
    ["#80d0dc", "dark"],
    ["#ffd400", "dark"],
  ] as const)("an accent that can be read stays as it is: %s, %s", (accent, theme) => {
    expect(paletteOf(accent)[theme].accent).toBe(accent);
  });

  it.each([
    ["#ffd400", "light"],
    ["#e4007c", "dark"],
    ["#0033a0", "dark"],
    ["#ff6a00", "light"],
  ] as const)(
    "an accent keeps its hue when it is moved, and moves no further than it has to: %s, %s",
    (accent, theme) => {
      const moved = paletteOf(accent)[theme].accent;
      expect(moved).not.toBe(accent);
      const turned = Math.abs(toOklch(fromHex(moved)).hue - toOklch(fromHex(accent)).hue);
      expect(Math.min(turned, 360 - turned)).toBeLessThan(4);
      const { background, surface, raised } = grounds[theme];
      const least = Math.min(...[background, surface, raised].map((ground) => ratio(moved, ground)));
      expect(least).toBeLessThan(4.7);
    },
  );

  it("an accent without a hue becomes a grey", () => {
    const { light, dark } = paletteOf("#ffffff");
    expect(dark.accent).toBe("#ffffff");
    expect(toOklch(fromHex(light.accent)).chroma).toBeLessThan(0.003);
    expect(paletteOf("#000000").light.accent).toBe("#000000");
  });

  it("an accent is judged on the grounds that the product has", () => {
    const tokens = readProductTokens();
    for (const theme of themes) {
      for (const [name, hex] of Object.entries(grounds[theme])) {
        const token = tokens.get(name === "accentInk" ? "accent-ink" : name);
        expect(`${name} ${token && toHex(token[theme])}`).toBe(`${name} ${hex}`);
      }
    }
  });

  it("where no accent is chosen, what is shown is what pages have, and not shades computed from it", () => {
    const tokens = readProductTokens();
    const names = {
      accent: "accent",
      strong: "accent-strong",
      ink: "accent-ink",
      tint: "accent-tint",
    } as const;
    for (const theme of themes) {
      const shades = defaultPaletteOf(productAccent)[theme];
      for (const shade of ["accent", "strong", "ink", "tint"] as const) {
        const token = tokens.get(names[shade]);
        expect(`${theme} ${shade} ${token && toHex(token[theme])}`).toBe(
          `${theme} ${shade} ${shades[shade]}`,
        );
      }
    }
    expect(defaultPaletteOf("#7a1fa2")).toEqual(paletteOf("#7a1fa2"));
  });

  it("an accent's style sheet names every token that is made of it, for both themes", () => {
    const sheet = writePalette(paletteOf("#7a1fa2"));
    for (const token of ["accent", "accent-strong", "accent-ink", "accent-tint", "accent-line"]) {
      expect(sheet).toMatch(new RegExp(`--${token}:[^;]*light-dark\\(#[0-9a-f]{6},#[0-9a-f]{6}\\)`));
    }
  });
});
