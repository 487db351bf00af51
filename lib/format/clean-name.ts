/** A name as it may stand in what someone is sent who has not asked for it. PURE. */
import { cutText } from "@/lib/input/cut";

const longest = 80;

/** What mail programs make a link of, whatever the width of its signs: an address of the web, of mail or of a phone. */
const link = /:\/\/|[@/\\]|(?<![\p{L}\p{N}])(?:www\b|(?:https?|ftp|mailto|tel|sms):)/iu;

/** Dots in any script, between what a domain is made of. */
const innerDot = /(?<=[\p{L}\p{M}\p{N}_-])[.\u2024\u3002\ufe52\uff0e\uff61](?=[\p{L}\p{M}\p{N}_])/gu;

/** A name without anything that could be a link, at most 80 characters. */
export function cleanName(name: string): string {
  return cutText(withoutLinks(name), longest).trim();
}

/** A visitor's name for anyone but the organizer. Where nothing is left of it, their address. */
export function plainNameOf(visitor: { visitorName: string; visitorEmail: string }): string {
  return cleanName(visitor.visitorName) || visitor.visitorEmail;
}

/** A text of one line without anything that could be a link. Initials stay: `J.R. Smith` is `J. R. Smith`. */
export function withoutLinks(text: string): string {
  return text
    .normalize("NFC")
    .replace(/[\p{Cc}\p{Cf}\p{Cs}]+/gu, "")
    .split(/\s+/)
    .filter((word) => word !== "" && !link.test(word.normalize("NFKC")))
    .map((word) => word.replace(innerDot, ". "))
    .join(" ");
}
