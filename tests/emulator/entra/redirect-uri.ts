const LOOPBACK = new Set(["localhost", "127.0.0.1"]);

/**
 * Entra's comparison: exact and case-sensitive, only the port of a loopback address is ignored
 * (Microsoft does that for localhost; the emulator for 127.0.0.1 as well).
 * https://learn.microsoft.com/entra/identity-platform/reply-url
 */
export function matchesRegistered(asked: string, registered: string[]): boolean {
  return registered.some((uri) => uri === asked || withoutLoopbackPort(uri) === withoutLoopbackPort(asked));
}

/** What is wrong with an address to be registered, or null. */
export function refuseRegistration(uri: string): string | null {
  if (!URL.canParse(uri)) return "is not an address";
  const url = new URL(uri);
  if (uri.length > 256) return "is longer than 256 characters";
  if (/[!$'(),;*]/.test(uri)) return "contains a character that Entra does not allow";
  if (url.search !== "") return "has a query string";
  if (url.hostname === "[::1]") return "uses [::1], which Entra does not support";
  if (url.protocol !== "https:" && !LOOPBACK.has(url.hostname)) return "must use https";
  return null;
}

/** An address registered without a path comes back with a trailing slash. */
export function withPath(uri: string): string {
  return new URL(uri).pathname === "/" && !uri.endsWith("/") ? `${uri}/` : uri;
}

function withoutLoopbackPort(uri: string): string {
  const match = /^(https?:\/\/)([^/:?#]+)(:\d+)?(.*)$/.exec(uri);
  if (!match) return uri;
  const [, scheme = "", host = "", port = "", rest = ""] = match;
  return LOOPBACK.has(host) ? `${scheme}${host}${rest}` : `${scheme}${host}${port}${rest}`;
}
