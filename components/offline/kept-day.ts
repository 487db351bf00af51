/** The organizer's day on this device, for when Bellhop can't be reached: one page without scripts, until the day is over or someone signs out. */

const cacheName = "bellhop-day";
const dayAddress = "/account/today";
const awayAddress = "/account/today?away";
/** Whoever opens this page sees what is new, and so does the copy. */
const homePath = "/account/bookings";
const freshMs = 2 * 60_000;

let keeping: AbortController | undefined;

/** Whether this browser keeps anything: over HTTPS alone. */
const canKeep = () => isSecureContext && "serviceWorker" in navigator && "caches" in window;

/** Keeps the day of whoever is signed in; on most pages not again if it was kept a moment ago. `owner`: their handle. */
export async function keepDay(owner: string): Promise<void> {
  if (!canKeep()) return;
  await navigator.serviceWorker.register("/sw.js", { scope: "/account/" });
  if (location.pathname !== homePath && (await isFresh(owner))) return;
  keeping?.abort();
  keeping = new AbortController();
  const { signal } = keeping;
  const answer = await fetch(dayAddress, { signal, headers: { accept: "text/html" } });
  // The session has ended elsewhere.
  if (answer.redirected) return forgetDay();
  if (!answer.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const day = page.querySelector<HTMLElement>("[data-day]");
  const notice = page.querySelector("[data-away]");
  if (!day || !notice) return;
  const styles = await readStyles(page, signal);
  const toPage = (content: string) => writePage(page, styles, content);
  const headers = {
    "content-type": "text/html; charset=utf-8",
    // Nothing in it runs, and nothing is sent from it.
    "content-security-policy":
      "default-src 'none'; style-src 'unsafe-inline'; font-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'",
  };
  const about = {
    "x-owner": encodeURIComponent(owner),
    "x-kept": new Date().toISOString(),
    "x-until": day.dataset.until ?? "",
  };
  const cache = await caches.open(cacheName);
  if (signal.aborted) return;
  await cache.put(awayAddress, new Response(toPage(notice.innerHTML), { headers }));
  if (signal.aborted) return;
  const offline = page.querySelector("[data-offline]")?.innerHTML ?? "";
  await cache.put(
    dayAddress,
    new Response(toPage(offline + day.outerHTML), { headers: { ...headers, ...about } }),
  );
  if (signal.aborted) await caches.delete(cacheName);
}

/** Whether the same person's day was kept a moment ago. */
async function isFresh(owner: string): Promise<boolean> {
  const { headers } = (await (await caches.open(cacheName)).match(dayAddress)) ?? {};
  const age = Date.now() - Date.parse(headers?.get("x-kept") ?? "");
  return headers?.get("x-owner") === encodeURIComponent(owner) && age < freshMs;
}

/** Deletes what is kept, and what is on its way to be. */
export async function forgetDay(): Promise<void> {
  keeping?.abort();
  if (canKeep()) await caches.delete(cacheName);
}

/** The page's own styles, to be inside it. */
async function readStyles(page: Document, signal: AbortSignal): Promise<string> {
  const sheets = [...page.querySelectorAll<HTMLLinkElement>("link[rel=stylesheet]")].map((link) =>
    link.getAttribute("href"),
  );
  const texts = await Promise.all(
    sheets.map(async (href) => {
      const address = new URL(href ?? "", location.origin);
      const text = await (await fetch(address, { signal })).text();
      return text.replace(/url\((["']?)(?!data:)([^"')]+)\1\)/g, (_, _quote, path) => {
        return `url("${new URL(path, address).pathname}")`;
      });
    }),
  );
  return texts.join("\n");
}

function writePage(page: Document, styles: string, content: string): string {
  const root = page.documentElement.cloneNode(false) as HTMLElement;
  const head = page.createElement("head");
  const charset = page.createElement("meta");
  charset.setAttribute("charset", "utf-8");
  const viewport = page.createElement("meta");
  viewport.name = "viewport";
  viewport.content = "width=device-width, initial-scale=1, viewport-fit=cover";
  const title = page.createElement("title");
  title.textContent = page.title;
  const style = page.createElement("style");
  style.textContent = styles;
  head.append(charset, viewport, title, style);
  const body = page.createElement("body");
  const main = page.createElement("main");
  main.className = "wide py-8";
  main.innerHTML = content;
  body.append(main);
  root.append(head, body);
  return `<!doctype html>${root.outerHTML}`;
}
