import { createHash } from "node:crypto";
import { translator } from "@/lib/i18n/translator";
import type { ConnectionErrorCode } from "@/lib/meetings/connection-error";

/**
 * Tells the window that opened this one, and closes. Microsoft's pages cut the link to the opener, so the news goes over a
 * channel of our own origin. Where the window can't be closed it goes on to the page itself.
 */
const script = `const to = document.querySelector("a").href;
const channel = new BroadcastChannel("bellhop-connections");
channel.postMessage({ to });
channel.close();
window.close();
setTimeout(() => location.replace(to), 400);`;

const scriptHash = createHash("sha256").update(script).digest("base64");

/** The last page of a sign-in in a window of its own. Without scripts it goes back by itself. */
export function popupPage(to: string, problem: ConnectionErrorCode | null): Response {
  const words = translator("connections");
  const title = asHtml(problem ? words("popup.problem") : words("popup.done"));
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
