import { type Locale, languageOf } from "@/lib/i18n/languages";
import { translator } from "@/lib/i18n/translator";

/** Never cached, and the next site gets no referrer. */
const discreet = { "cache-control": "no-store", "referrer-policy": "no-referrer" };

/** A redirect. */
export function sendTo(location: string): Response {
  return new Response(null, { status: 302, headers: { ...discreet, location } });
}

/**
 * The same for a form's button. Browsers hold every redirect that follows a form to the page's `form-action` policy, and
 * Microsoft may go on to an organization's own sign-in page anywhere: a page in between ends that chain.
 */
export function sendByPage(location: string, locale: Locale): Response {
  const words = translator("connections", locale);
  const html = `<!doctype html>
<html lang="${locale}" dir="${languageOf(locale).direction}"><head><meta charset="utf-8"><title>${words("leaving")}</title></head>
<body><p><a href="${location.replace(/[&"<>]/g, (character) => `&#${character.codePointAt(0)};`)}">${words("leavingLink")}</a></p></body></html>`;
  return new Response(html, {
    headers: {
      ...discreet,
      refresh: `0; url=${location}`,
      "content-type": "text/html; charset=utf-8",
      "content-security-policy": "default-src 'none'; base-uri 'none'; frame-ancestors 'none'",
    },
  });
}
