/** Reads the colour tokens out of app/globals.css and checks every pair in use against WCAG 2.2 in both themes. */
import { readFileSync } from "node:fs";
import { fileURLToPath, pathToFileURL } from "node:url";
import { contrast, fromOklch, type Rgb } from "../lib/format/colour";

type Tokens = ReadonlyMap<string, { light: Rgb; dark: Rgb }>;

export interface Pair {
  front: string;
  back: string;
  /** WCAG 1.4.3 asks 4.5 of text, 1.4.11 asks 3 of what one must see to use a control. */
  least: 4.5 | 3;
}

const text: Record<string, string[]> = {
  ink: [
    "background",
    "surface",
    "raised",
    "sunken",
    "accent-tint",
    "success-tint",
    "warning-tint",
    "danger-tint",
  ],
  muted: ["background", "surface", "raised", "sunken", "accent-tint"],
  accent: ["background", "surface", "raised"],
  "accent-strong": ["background", "surface", "raised", "accent-tint"],
  "accent-ink": ["accent", "accent-strong"],
  surface: ["danger"],
  success: ["background", "surface", "raised", "success-tint"],
  warning: ["background", "surface", "raised", "warning-tint"],
  danger: ["background", "surface", "raised", "danger-tint"],
};

const controls: Record<string, string[]> = {
  control: ["background", "surface", "raised"],
  accent: ["sunken"],
  danger: ["sunken"],
  brass: ["background", "surface", "raised"],
  focus: ["background", "surface", "raised", "sunken"],
};

export const pairs: readonly Pair[] = [...pairsOf(text, 4.5), ...pairsOf(controls, 3)];

function pairsOf(table: Record<string, string[]>, least: Pair["least"]): Pair[] {
  return Object.entries(table).flatMap(([front, backs]) => backs.map((back) => ({ front, back, least })));
}

/** Every `--name: light-dark(oklch(…), oklch(…))` without an alpha, as sRGB. */
export function readTokens(css: string): Tokens {
  const token = /--([a-z-]+):\s*light-dark\(\s*oklch\(([^)/]*)\),\s*oklch\(([^)/]*)\)\s*\)/g;
  return new Map(
    [...css.matchAll(token)].map(([, name = "", light = "", dark = ""]) => [
      name,
      { light: toRgb(light), dark: toRgb(dark) },
    ]),
  );
}

function toRgb(oklch: string): Rgb {
  const [lightness = 0, chroma = 0, hue = 0] = oklch.trim().split(/\s+/).map(Number);
  return fromOklch({ lightness, chroma, hue });
}

/** The pairs that are too weak, or name a token that is not there, each as one line. */
export function findWeakPairs(tokens: Tokens): string[] {
  return pairs.flatMap(({ front, back, least }) => {
    const above = tokens.get(front);
    const below = tokens.get(back);
    if (!above || !below) return [`${front} on ${back}: there is no such token`];
    return (["light", "dark"] as const)
      .map((theme) => ({ theme, ratio: contrast(above[theme], below[theme]) }))
      .filter(({ ratio }) => ratio < least)
      .map(({ theme, ratio }) => `${front} on ${back}, ${theme}: ${ratio.toFixed(2)}, needs ${least}`);
  });
}

/** The tokens as the product has them now. */
export function readProductTokens(): Tokens {
  return readTokens(readFileSync(fileURLToPath(new URL("../app/globals.css", import.meta.url)), "utf8"));
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const weak = findWeakPairs(readProductTokens());
  process.stdout.write(`${weak.length === 0 ? `Contrast: ${pairs.length} pairs pass` : weak.join("\n")}\n`);
  process.exitCode = weak.length === 0 ? 0 : 1;
}
