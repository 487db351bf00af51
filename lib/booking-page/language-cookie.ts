/** How a browser keeps the language that was chosen in it. PURE. */
import { isLanguageTag } from "@/lib/input/text";

export const languageCookie = "lang";

/** The parameter of an address that chooses a language. */
export const languageParameter = "lang";

const yearSeconds = 365 * 24 * 60 * 60;

export const languageCookieRules = {
  path: "/",
  sameSite: "lax",
  httpOnly: true,
  maxAge: yearSeconds,
} as const;

/** The `Set-Cookie` that keeps a language (BCP 47) for a year. */
export function writeLanguageCookie(tag: string): string {
  return `${languageCookie}=${tag}; Path=/; SameSite=Lax; HttpOnly; Max-Age=${yearSeconds}`;
}

/** True for a tag (BCP 47) that Intl takes, of a length that we keep. */
export function isUsableTag(tag: string | null | undefined): tag is string {
  return tag != null && tag.length <= 35 && isLanguageTag(tag);
}
