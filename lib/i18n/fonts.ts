/**
 * Where the Japanese font is served: the package's name and version, so that browsers can keep its files for good. It is cut into 120 files
 * by how often characters are used, so its stylesheet alone is as large as ours, and is only on pages in Japanese.
 */
export const japaneseFont = "noto-sans-jp-5.3.1";

export const japaneseFontSheet = `/api/fonts/${japaneseFont}/index.css`;
