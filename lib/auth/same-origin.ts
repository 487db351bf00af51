import { type Env, env } from "@/lib/config/env";

/**
 * True when a request that changes something was sent by a page of ours. Browsers say so by `Sec-Fetch-Site` (Fetch
 * Metadata) or `Origin`; who sends neither is no browser, and carries no one's cookie unasked.
 */
export function isSameOrigin(
  headers: Headers,
  { APP_URL: appUrl, TRUST_PROXY: proxies }: Pick<Env, "APP_URL" | "TRUST_PROXY"> = env(),
): boolean {
  const site = headers.get("sec-fetch-site");
  if (site !== null) return site === "same-origin" || site === "none";
  const origin = headers.get("origin");
  if (origin === null) return true;
  if (!URL.canParse(origin)) return false;
  const own = [new URL(appUrl).host, headers.get("host")];
  if (proxies > 0) own.push(headers.get("x-forwarded-host"));
  return own.includes(new URL(origin).host);
}
