/** Reads the colour tokens out of app/globals.css and checks every pair in use against WCAG 2.2 in both themes. */
import { readFileSync } from "node:fs";
import { fileURLToPath, pathToFileURL } from "node:url";

type Rgb = readonly [number, number, number];
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

/** From Oklch, by Björn Ottosson's matrices (https://bottosson.github.io/posts/oklab), clipped to what sRGB can show. */
function toRgb(oklch: string): Rgb {
  const [lightness = 0, chroma = 0, hue = 0] = oklch.trim().split(/\s+/).map(Number);
  const a = chroma * Math.cos((hue * Math.PI) / 180);
  const b = chroma * Math.sin((hue * Math.PI) / 180);
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    encode(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s),
    encode(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s),
    encode(-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s),
  ];
}

function encode(linear: number): number {
  const clipped = Math.min(1, Math.max(0, linear));
  const value = clipped <= 0.0031308 ? 12.92 * clipped : 1.055 * clipped ** (1 / 2.4) - 0.055;
  return Math.round(255 * value);
}

function luminance([red, green, blue]: Rgb): number {
  const linear = (value: number) =>
    value <= 10.31475 ? value / 3294.6 : ((value / 255 + 0.055) / 1.055) ** 2.4;
  return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
}

/** WCAG's contrast ratio, from 1 to 21. */
export function contrast(one: Rgb, other: Rgb): number {
  const [low = 0, high = 0] = [luminance(one), luminance(other)].sort((left, right) => left - right);
  return (high + 0.05) / (low + 0.05);
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
