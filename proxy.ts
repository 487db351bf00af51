import { randomBytes, randomUUID } from "node:crypto";
import { type NextRequest, NextResponse } from "next/server";
import { carryLostForm } from "@/lib/auth/lost-form";
import { isSameOrigin } from "@/lib/auth/same-origin";
import { readFrame } from "@/lib/booking-page/frame";
import {
  isUsableTag,
  languageCookie,
  languageParameter,
  writeLanguageCookie,
} from "@/lib/booking-page/language-cookie";
import { env } from "@/lib/config/env";
import { requestIdHeader } from "@/lib/config/request-id";
import { securityHeadersOf } from "@/lib/config/security-headers";
import { acceptedTags } from "@/lib/format/clock";
import { defaultLocale, findLocale } from "@/lib/i18n/languages";
import { translator } from "@/lib/i18n/translator";

/** A page is read, and its forms are sent to it: nothing else can be done to one. */
const allow = "GET, HEAD, POST, OPTIONS";

/** What Next.js reads of a form; it would answer more as a fault of its own. */
const formMaxBytes = 1_000_000;

/** Gives every page its security headers. Next.js finds the nonce for its own scripts in the request's copy of the policy. */
export async function proxy(request: NextRequest): Promise<NextResponse> {
  if (!["GET", "HEAD", "POST"].includes(request.method)) {
    const status = request.method === "OPTIONS" ? 204 : 405;
    return new NextResponse(null, { status, headers: { Allow: allow } });
  }
  if (Number(request.headers.get("content-length") ?? 0) > formMaxBytes) {
    return new NextResponse(null, { status: 413 });
  }
  const isForm = request.method === "POST";
  if (isForm && !isSameOrigin(request.headers)) {
    const locale = findLocale(acceptedTags(request.headers.get("accept-language"))) ?? defaultLocale;
    return new NextResponse(translator("auth", locale)("form.foreignOrigin"), { status: 403 });
  }
  const { APP_URL, TEAMS_LOGIN_URL, NODE_ENV } = env();
  const headers = securityHeadersOf({
    pathname: request.nextUrl.pathname,
    query: request.nextUrl.searchParams,
    nonce: randomBytes(16).toString("base64"),
    appUrl: APP_URL,
    loginUrl: TEAMS_LOGIN_URL,
    isDevelopment: NODE_ENV === "development",
    framedBy: await framedBy(request.nextUrl),
  });
  const forwarded = new Headers(request.headers);
  forwarded.set("Content-Security-Policy", headers["Content-Security-Policy"] ?? "");
  const requestId = randomUUID();
  forwarded.set(requestIdHeader, requestId);
  if (isForm) nameOneHost(forwarded);
  await carryLostForm(request, forwarded);
  const response = NextResponse.next({ request: { headers: forwarded } });
  response.headers.set(requestIdHeader, requestId);
  const chosen = chosenLanguage(request);
  if (chosen) response.headers.append("set-cookie", chosen);
  for (const [name, value] of Object.entries(headers)) response.headers.set(name, value);
  return response;
}

/** Set up by the server's start. This file is bundled by itself, and must not open a second database. */
const globals = globalThis as {
  bellhopRunning?: { listEmbedOrigins(handle: string, slug: string): Promise<readonly string[]> };
};

/** The websites that may show this page in a frame: those of its event type, or Bellhop alone for its organizer's eyes. */
async function framedBy({ pathname, search }: URL): Promise<readonly string[]> {
  const frame = readFrame(`${pathname}${search}`);
  if (!frame) return [];
  if (frame.query.has("preview")) return ["'self'"];
  return (await globals.bellhopRunning?.listEmbedOrigins(frame.handle, frame.slug)) ?? [];
}

/** The cookie that remembers the language in a page's address; null where there is none, or none of ours. */
function chosenLanguage({
  method,
  nextUrl: { pathname, searchParams },
  cookies,
}: NextRequest): string | null {
  const tag = searchParams.get(languageParameter);
  // In a frame, the website around it has chosen, and only for there.
  if (method !== "GET" || !isUsableTag(tag) || pathname.startsWith("/embed/")) return null;
  if (findLocale([tag]) === null || cookies.get(languageCookie)?.value === tag) return null;
  return writeLanguageCookie(tag);
}

/**
 * Next.js compares Origin and Host by itself, and calls it a fault where they differ. They may: a proxy in front that keeps the
 * Host to itself, a page without a referrer whose forms say `null`. It was judged above, so here both say the same.
 */
function nameOneHost(headers: Headers): void {
  const host = headers.get("host");
  if (host === null) return;
  headers.set("x-forwarded-host", host);
  headers.set("origin", `http://${host}`);
}

export const config = {
  // Routes answer programs and static files are no one's page: next.config.ts gives them what they need.
  matcher: [
    "/((?!api/|(?:embed|sw)\\.js$|_next/static/|_next/image|favicon\\.ico$|icon[a-z0-9-]*\\.(?:svg|png)$|apple-touch-icon\\.png$|site\\.webmanifest$|robots\\.txt$).*)",
  ],
};
