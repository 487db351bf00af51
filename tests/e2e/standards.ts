/** What axe looks for: WCAG 2.2 at levels A and AA, and what its makers call good practice. */
export const standards = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** What another theme can break: it changes colours alone. */
export const rulesOfColour = ["color-contrast", "link-in-text-block"];
