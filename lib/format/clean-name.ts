/** A name as it may stand in a mail to someone who has not asked for it. PURE. */
import { cutText } from "@/lib/input/cut";

const longest = 80;

/** What mail programs make a link of: an address of the web or of mail. */
const link = /:\/\/|@|[/\\]|^www\b/i;

/** Dots in any script, between letters or digits, as in a domain. */
const innerDot = /(?<=[\p{L}\p{N}])[.\u3002\uff0e\uff61](?=[\p{L}\p{N}])/gu;

/** A name without anything that could be a link, at most 80 characters. */
export function cleanName(name: string): string {
  return cutText(withoutLinks(name), longest).trim();
}

/** A text of one line without anything that could be a link. Initials stay: `J.R. Smith` is `J. R. Smith`. */
export function withoutLinks(text: string): string {
  return text
    .normalize("NFC")
    .replace(/[\p{Cc}\p{Cf}\p{Cs}]+/gu, "")
    .split(/\s+/)
    .filter((word) => word !== "" && !link.test(word))
    .map((word) => word.replace(innerDot, ". "))
    .join(" ");
}
