/** What becomes of an organizer's accent, so that it can be read in both themes. PURE. */
import { contrast, fitToScreen, fromHex, type Oklch, type Rgb, toHex, toOklch } from "@/lib/format/colour";

/** What the tokens of the same names in app/globals.css become, each as `#rrggbb`. */
export interface Shades {
  /** Main button, links, chosen. */
  accent: string;
  /** Under the pointer, and text on the tint. */
  strong: string;
  /** Text on both of them. */
  ink: string;
  /** A day with times. */
  tint: string;
}

export interface Palette {
  light: Shades;
  dark: Shades;
}

/** What the accent lies on, and what lies on its tint: the tokens of app/globals.css as sRGB. A test compares them. */
export const grounds = {
  light: {
    background: "#f2f5f0",
    surface: "#fbfcfa",
    raised: "#ffffff",
    sunken: "#eaeee9",
    ink: "#0b212a",
    muted: "#465960",
    accentInk: "#fbfcfa",
  },
  dark: {
    background: "#0a1418",
    surface: "#111d21",
    raised: "#19272c",
    sunken: "#060f12",
    ink: "#ebeee9",
    muted: "#a4b3b3",
    accentInk: "#051920",
  },
} as const;

/** The accent that pages have where no one has chosen one. */
export const productAccent = "#025469";

/** Its shades: the tokens of app/globals.css as sRGB, which were chosen by hand. A test compares them. */
const productPalette: Palette = {
  light: { accent: productAccent, strong: "#004052", ink: "#fbfcfa", tint: "#d9ebee" },
  dark: { accent: "#80d0dc", strong: "#a8e2e9", ink: "#051920", tint: "#173842" },
};

/** WCAG 1.4.3 asks it of text. */
const leastText = 4.5;

/** How lightness moves until it can be read, how far the strong shade is from it, and how light and coloured the tint is. */
const themes = {
  light: { towards: 0, back: 1, strongStep: 0.07, tint: { lightness: 0.928, chroma: 0.03 } },
  dark: { towards: 1, back: 0, strongStep: 0.065, tint: { lightness: 0.32, chroma: 0.045 } },
} as const;

/**
 * The shades of an accent (`#rrggbb`). It keeps its hue; its lightness moves as far as it has to: until it has 4.5 : 1 as text on every
 * ground of the theme, and text on it has too. One that can be read already stays as it is.
 */
export function paletteOf(accent: string): Palette {
  return { light: shadesOf(accent, "light"), dark: shadesOf(accent, "dark") };
}

/** What pages have while their brand names no accent, and the default (`#rrggbb`) holds. */
export function defaultPaletteOf(accent: string): Palette {
  return accent === productAccent ? productPalette : paletteOf(accent);
}

function shadesOf(chosen: string, theme: keyof typeof grounds): Shades {
  const { towards, back, strongStep, tint } = themes[theme];
  const { ink, muted, accentInk, background, surface, raised } = parsed[theme];
  const papers = [background, surface, raised];
  const isReadable = (colour: Rgb) => reads(colour, [...papers, accentInk]);
  const hue = toOklch(fromHex(chosen));
  const accent = move(hue, towards, isReadable);
  const step = towards === 0 ? -strongStep : strongStep;
  const start = { ...hue, lightness: clamp(toOklch(accent).lightness + step) };
  const paleness = { ...hue, lightness: tint.lightness, chroma: Math.min(hue.chroma, tint.chroma) };
  const pale = move(paleness, back, (colour) => reads(colour, [ink, muted]));
  const strong = move(start, towards, (colour) => isReadable(colour) && reads(colour, [pale]));
  return { accent: toHex(accent), strong: toHex(strong), ink: toHex(accentInk), tint: toHex(pale) };
}

/** The colour whose lightness is nearest to this one's, on the way to black (0) or white (1), that does. */
function move(colour: Oklch, towards: 0 | 1, does: (rgb: Rgb) => boolean): Rgb {
  const first = fitToScreen(colour);
  if (does(first)) return first;
  let found = fitToScreen({ ...colour, lightness: towards });
  let [near, far]: [number, number] = [colour.lightness, towards];
  for (let step = 0; step < 16; step += 1) {
    const lightness = (near + far) / 2;
    const tried = fitToScreen({ ...colour, lightness });
    if (does(tried)) [found, far] = [tried, lightness];
    else near = lightness;
  }
  return found;
}

const reads = (colour: Rgb, others: readonly Rgb[]) =>
  others.every((other) => contrast(colour, other) >= leastText);

const clamp = (value: number) => Math.min(1, Math.max(0, value));

const parse = <Names extends string>(table: Readonly<Record<Names, string>>) =>
  Object.fromEntries(Object.entries<string>(table).map(([name, hex]) => [name, fromHex(hex)])) as Record<
    Names,
    Rgb
  >;

const parsed = { light: parse(grounds.light), dark: parse(grounds.dark) };

/** The palette as a style sheet of custom properties, which outweighs the one of the product. */
export function writePalette({ light, dark }: Palette): string {
  const both = (name: keyof Shades) => `light-dark(${light[name]},${dark[name]})`;
  return `html:root{--accent:${both("accent")};--accent-strong:${both("strong")};--accent-ink:${both("ink")};--accent-tint:${both("tint")};--accent-line:color-mix(in oklch,${both("accent")} 28%,transparent)}`;
}
