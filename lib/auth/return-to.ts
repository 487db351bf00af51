/** Where an organizer goes after signing in, when nothing else was asked for. */
export const homePath = "/account/bookings";

const prefixes = ["/account", "/admin", "/api/teams/connect"];

/** Backslashes and control characters: browsers read some of them as a second slash, or drop them. */
const hasTrap = (text: string) => /[\\\p{Cc}\p{Zl}\p{Zp}\s]/u.test(text);

/** True for a path of our own, under a page that needs a sign-in; never another site's address. */
export function isOwnPath(path: string): boolean {
  if (path.length > 2000 || !path.startsWith("/") || path.startsWith("//") || hasTrap(path)) return false;
  const { origin, pathname } = new URL(path, "http://own.invalid");
  // The parser has resolved dots by now, so that no prefix can be left through `/../`.
  if (origin !== "http://own.invalid" || pathname.startsWith("//")) return false;
  return prefixes.some((prefix) => pathname === prefix || pathname.startsWith(`${prefix}/`));
}

/** The path to go to, if it is one of our own; else the organizer's home. */
export function safeReturnTo(path: unknown): string {
  return typeof path === "string" && isOwnPath(path) ? path : homePath;
}
