import { createHash } from "node:crypto";
import { translator } from "@/lib/i18n/translator";

/**
 * Tells the window that opened this one, and closes. Microsoft's pages cut the link to the opener, so the news goes over a
 * channel of our own origin. Where the window can't be closed it goes on to the page itself.
 */
const script = `const channel = new BroadcastChannel("bellhop-connections");
channel.postMessage("connected");
channel.close();
window.close();
setTimeout(() => location.replace(document.querySelector("a").href), 400);`;

const scriptHash = createHash("sha256").update(script).digest("base64");

/** The last page of a sign-in in a window of its own; without scripts it goes on to `to` by itself. */
export function popupPage(to: string): Response {
  const words = translator("connections");
  const title = asHtml(words("popup.done"));
  const address = asHtml(to);
  const html = `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="refresh" content="3;url=${address}"><title>${title}</title>
<style>:root{color-scheme:light dark;font:1rem/1.5 system-ui,sans-serif}body{display:grid;place-content:center;min-height:90vh;text-align:center}</style></head>
<body><main><h1>${title}</h1><p><a href="${address}">${asHtml(words("popup.back"))}</a></p></main>
<script>${script}</script></body>
</html>`;
  return new Response(html, {
    headers: {
      "content-type": "text/html; charset=utf-8",
      "cache-control": "no-store",
      "referrer-policy": "no-referrer",
      "content-security-policy": `default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-${scriptHash}'; base-uri 'none'; frame-ancestors 'none'`,
    },
  });
}

function asHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.codePointAt(0)};`);
}
