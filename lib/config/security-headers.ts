/** The headers that every page carries. PURE. */

interface PageRequest {
  pathname: string;
  /** The query's parameters. */
  query?: URLSearchParams;
  /** Fresh for each request; scripts without it do not run. */
  nonce: string;
  /** Origin of this installation, such as https://book.example.com. */
  appUrl: string;
  /** Origin of the sign-in pages that our forms may lead to. */
  loginUrl: string;
  isDevelopment: boolean;
  /** The websites (origins, or `'self'`) that may show this page in a frame; left out: none. */
  framedBy?: readonly string[];
}

/** The headers of the page at `pathname`. */
export function securityHeadersOf(request: PageRequest): Record<string, string> {
  const { pathname, query = new URLSearchParams(), appUrl, framedBy = [] } = request;
  const capability = isCapabilityPath(pathname);
  // An invitation, a link that books once, or the way back to a page with a token after signing in.
  const carriesOne =
    capability ||
    query.has("invitation") ||
    query.has("link") ||
    isCapabilityPath(query.get("returnTo") ?? "");
  const isPrivate = carriesOne || isBelow(pathname, ["/account", "/admin", "/embed"]);
  return {
    "Content-Security-Policy": contentSecurityPolicy(request),
    "Referrer-Policy": carriesOne ? "no-referrer" : "strict-origin-when-cross-origin",
    "X-Content-Type-Options": "nosniff",
    ...(framedBy.length > 0 ? framedHeaders : unframedHeaders),
    "Permissions-Policy": permissionsPolicy,
    // A document keeps its policy while the router changes pages inside it, so whatever leads to the sign-in window has the
    // one that window needs.
    "Cross-Origin-Opener-Policy": capability ? "same-origin" : "same-origin-allow-popups",
    ...(isPrivate ? { "X-Robots-Tag": "noindex, nofollow" } : {}),
    ...(carriesOne ? { "Cache-Control": "private, no-store" } : {}),
    ...(appUrl.startsWith("https:") ? { "Strict-Transport-Security": "max-age=31536000" } : {}),
  };
}

/** All that most pages are: no one else's. */
const unframedHeaders = { "X-Frame-Options": "DENY", "Cross-Origin-Resource-Policy": "same-origin" };

/** A website that isolates itself (`Cross-Origin-Embedder-Policy`) shows only frames that say both. */
const framedHeaders = {
  "Cross-Origin-Resource-Policy": "cross-origin",
  "Cross-Origin-Embedder-Policy": "require-corp",
};

/** Pages whose address has a token in it, which acts for anyone who knows it. */
const capabilityPages = [
  "/booking",
  "/j",
  "/confirm",
  "/decide",
  "/reset-password",
  "/sign-up/confirm",
  "/sign-in/link",
  "/account/email",
  "/account/teams/invitations",
  "/teams/approval",
];

/** Whether a path of ours has a token in it. */
export function isCapabilityPath(path: string): boolean {
  const [pathname = ""] = path.split(/[?#]/);
  return isBelow(pathname, capabilityPages) || /^\/embed\/[^/]+\/[^/]+\/booked\//.test(pathname);
}

/** True for the prefixes themselves and all that lies below them. */
function isBelow(pathname: string, prefixes: string[]): boolean {
  return prefixes.some((prefix) => pathname === prefix || pathname.startsWith(`${prefix}/`));
}

/**
 * Scripts run by nonce alone; what they load is trusted through them (CSP 3, `strict-dynamic`). In development the tools
 * evaluate code and write styles of their own.
 */
function contentSecurityPolicy(request: PageRequest): string {
  const { pathname, nonce, loginUrl, isDevelopment, framedBy = [] } = request;
  const directives = {
    "default-src": ["'none'"],
    "script-src": [
      "'self'",
      `'nonce-${nonce}'`,
      "'strict-dynamic'",
      ...(isDevelopment ? ["'unsafe-eval'"] : []),
    ],
    "style-src": ["'self'", isDevelopment ? "'unsafe-inline'" : `'nonce-${nonce}'`],
    "img-src": ["'self'", "data:"],
    "font-src": ["'self'"],
    "connect-src": ["'self'"],
    "manifest-src": ["'self'"],
    "worker-src": ["'self'"],
    "form-action": ["'self'", new URL(loginUrl).origin],
    // Organizers see their booking page as a frame on a website.
    ...(isBelow(pathname, ["/account"]) ? { "frame-src": ["'self'"] } : {}),
    "frame-ancestors": framedBy.length > 0 ? framedBy : ["'none'"],
    "base-uri": ["'none'"],
    "object-src": ["'none'"],
  };
  return Object.entries(directives)
    .map(([name, sources]) => `${name} ${sources.join(" ")}`)
    .join("; ");
}

const permissionsPolicy = [
  "accelerometer",
  "browsing-topics",
  "camera",
  "display-capture",
  "geolocation",
  "gyroscope",
  "magnetometer",
  "microphone",
  "midi",
  "payment",
  "usb",
]
  .map((feature) => `${feature}=()`)
  .join(", ");
