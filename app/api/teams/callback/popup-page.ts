import { createHash } from "node:crypto";
import type { ConnectionProblem } from "@/lib/connections/connect-return";
import { type Locale, languageOf } from "@/lib/i18n/languages";
import { translator } from "@/lib/i18n/translator";

/**
 * Tells the window that opened this one, and closes unless there is something to read. Microsoft's pages cut the link to
 * the opener, so the news goes over a channel of our own origin. Where the window can't be closed it goes on to the page itself.
 */
const script = `const isDone = document.body.dataset.outcome === "connected";
const channel = new BroadcastChannel("bellhop-connections");
channel.postMessage(document.body.dataset.outcome);
channel.close();
const leave = () => {
  window.close();
  setTimeout(() => location.replace(document.querySelector("#back").href), 400);
};
if (isDone) leave();
else document.querySelector("#back").addEventListener("click", (event) => { event.preventDefault(); leave(); });`;

const scriptHash = createHash("sha256").update(script).digest("base64");

/** The last page of a sign-in in a window of its own; without scripts a success goes on to `to` by itself. */
export function popupPage(to: string, problem: ConnectionProblem | null, locale: Locale): Response {
  const words = translator("connections", locale);
  const address = asHtml(to);
  const title = asHtml(problem ? words(`problem.${problem.code}.title`) : words("popup.done"));
  const why = problem
    ? `<p>${asHtml(words(`problem.${problem.code}.text`))}</p>${readings(problem, locale)}`
    : "";
  const code = problem?.supportCode
    ? `<p>${asHtml(words("supportCode", { code: `${problem.code} · ${problem.supportCode}` }))}</p>`
    : "";
  const goOn = problem ? "" : `<meta http-equiv="refresh" content="3;url=${address}">`;
  const back = asHtml(problem ? words("popup.close") : words("popup.back"));
  const html = `<!doctype html>
<html lang="${locale}" dir="${languageOf(locale).direction}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
${goOn}<title>${title}</title>
<style>:root{color-scheme:light dark;font:1rem/1.5 system-ui,sans-serif}body{display:grid;place-content:center;min-height:90vh;margin:auto;padding:1rem;max-width:26rem;text-align:center}</style></head>
<body data-outcome="${problem ? "stopped" : "connected"}"><main${problem ? ' role="alert"' : ""}><h1>${title}</h1>${why}${code}<p><a id="back" href="${address}">${back}</a></p></main>
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

/** What one answer of Microsoft's may mean. */
function readings({ code }: ConnectionProblem, locale: Locale): string {
  if (code !== "declined") return "";
  const words = translator("connections", locale);
  const strong = (text: string) => `<strong>${text}</strong>`;
  const items = (["refused", "unapproved"] as const).map(
    (key) => `<li>${words.markup(`problem.declined.${key}`, { strong })}</li>`,
  );
  return `<ul style="text-align:start">${items.join("")}</ul>`;
}

function asHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.codePointAt(0)};`);
}
