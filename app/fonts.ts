import localFont from "next/font/local";

// The family is cut by script as the font packages cut it, so a page loads Latin Extended only when a name needs it. Arabic and Hebrew
// have fonts of their own, which are there on pages in that language alone; Japanese comes with a stylesheet of its own (lib/i18n/fonts.ts).

export const sansLatin = localFont({
  src: "../node_modules/@fontsource-variable/hanken-grotesk/files/hanken-grotesk-latin-wght-normal.woff2",
  weight: "100 900",
  display: "swap",
  preload: true,
  variable: "--font-sans-latin",
  declarations: [
    {
      prop: "unicode-range",
      value:
        "U+0000-00FF,U+0131,U+0152-0153,U+02BB-02BC,U+02C6,U+02DA,U+02DC,U+0304,U+0308,U+0329,U+2000-206F,U+20AC,U+2122,U+2191,U+2193,U+2212,U+2215,U+FEFF,U+FFFD",
    },
  ],
});

export const sansLatinExtended = localFont({
  src: "../node_modules/@fontsource-variable/hanken-grotesk/files/hanken-grotesk-latin-ext-wght-normal.woff2",
  weight: "100 900",
  display: "swap",
  preload: false,
  adjustFontFallback: false,
  variable: "--font-sans-latin-extended",
  declarations: [
    {
      prop: "unicode-range",
      value:
        "U+0100-02BA,U+02BD-02C5,U+02C7-02CC,U+02CE-02D7,U+02DD-02FF,U+0304,U+0308,U+0329,U+1D00-1DBF,U+1E00-1E9F,U+1EF2-1EFF,U+2020,U+20A0-20AB,U+20AD-20C0,U+2113,U+2C60-2C7F,U+A720-A7FF",
    },
  ],
});

export const monoLatin = localFont({
  src: "../node_modules/@fontsource-variable/spline-sans-mono/files/spline-sans-mono-latin-wght-normal.woff2",
  weight: "300 700",
  display: "swap",
  preload: false,
  adjustFontFallback: false,
  variable: "--font-mono-latin",
});

/**
 * The letters that texts in Arabic are written with, and those of Persian and Urdu, in the weights that pages use: 37 kB instead of 166.
 * See lib/i18n/arabic-font/README.md.
 */
const arabic = localFont({
  src: "../lib/i18n/arabic-font/noto-sans-arabic-everyday.woff2",
  weight: "400 700",
  display: "swap",
  preload: false,
  adjustFontFallback: false,
  variable: "--font-sans-script",
  declarations: [
    {
      prop: "unicode-range",
      value: "U+0600-06FF,U+200C-200E,U+2010-2011,U+204F,U+2E41",
    },
  ],
});

/** All other letters and forms of the script, loaded only when a name or a text has one. */
const arabicRare = localFont({
  src: "../node_modules/@fontsource-variable/noto-sans-arabic/files/noto-sans-arabic-arabic-wght-normal.woff2",
  weight: "100 900",
  display: "swap",
  preload: false,
  adjustFontFallback: false,
  variable: "--font-sans-script-rare",
  declarations: [
    {
      prop: "unicode-range",
      value:
        "U+0750-077F,U+0870-088E,U+0890-0891,U+0897-08E1,U+08E3-08FF,U+FB50-FDFF,U+FE70-FE74,U+FE76-FEFC,U+102E0-102FB,U+10E60-10E7E,U+10EC2-10EC4,U+10EFC-10EFF,U+1EE00-1EE03,U+1EE05-1EE1F,U+1EE21-1EE22,U+1EE24,U+1EE27,U+1EE29-1EE32,U+1EE34-1EE37,U+1EE39,U+1EE3B,U+1EE42,U+1EE47,U+1EE49,U+1EE4B,U+1EE4D-1EE4F,U+1EE51-1EE52,U+1EE54,U+1EE57,U+1EE59,U+1EE5B,U+1EE5D,U+1EE5F,U+1EE61-1EE62,U+1EE64,U+1EE67-1EE6A,U+1EE6C-1EE72,U+1EE74-1EE77,U+1EE79-1EE7C,U+1EE7E,U+1EE80-1EE89,U+1EE8B-1EE9B,U+1EEA1-1EEA3,U+1EEA5-1EEA9,U+1EEAB-1EEBB,U+1EEF0-1EEF1",
    },
  ],
});

const hebrew = localFont({
  src: "../node_modules/@fontsource-variable/noto-sans-hebrew/files/noto-sans-hebrew-hebrew-wght-normal.woff2",
  weight: "100 900",
  display: "swap",
  preload: false,
  adjustFontFallback: false,
  variable: "--font-sans-script",
  declarations: [
    {
      prop: "unicode-range",
      value: "U+0307-0308,U+0590-05FF,U+200C-2010,U+20AA,U+25CC,U+FB1D-FB4F",
    },
  ],
});

/** The classes that put the fonts of a language's script on a page; empty where ours has its letters, or its stylesheet names it. */
export function scriptClassOf(locale: string): string {
  if (locale === "ar") return `${arabic.variable} ${arabicRare.variable}`;
  return locale === "he" ? hebrew.variable : "";
}
