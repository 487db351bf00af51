import { randomInt } from "node:crypto";

/** Crockford's Base32: no letter that could be taken for a digit when it is read out. */
const letters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/** Names one failure, on the page and in the log, so that support can find one by the other: `7K2M-Q9XA`. */
export function newSupportCode(): string {
  const half = () => Array.from({ length: 4 }, () => letters[randomInt(letters.length)]).join("");
  return `${half()}-${half()}`;
}

/** The support code in a page's address, or null when there is none of our form. */
export function readSupportCode(value: unknown): string | null {
  const isCode = typeof value === "string" && /^[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$/.test(value);
  return isCode ? value : null;
}
