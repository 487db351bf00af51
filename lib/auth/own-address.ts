import { type Env, env } from "@/lib/config/env";
import { callbackPath } from "@/lib/config/redirect-uri";

/**
 * The further address (origin) of this server that a request came to; undefined for its own one, and for any that isn't named in the
 * environment. Whoever signs in somewhere returns to the address where they set out, since their cookies are there.
 */
export function aliasOf(
  headers: Headers,
  {
    APP_URL_ALIASES: aliases = [],
    TRUST_PROXY: proxies,
  }: Pick<Env, "APP_URL_ALIASES" | "TRUST_PROXY"> = env(),
): string | undefined {
  const forwarded = proxies > 0 ? headers.get("x-forwarded-host")?.split(",")[0]?.trim() : undefined;
  const host = (forwarded ?? headers.get("host"))?.toLowerCase();
  return aliases.find((origin) => new URL(origin).host === host);
}

/** Where Microsoft sends people back to at the further addresses: each has to be registered beside the first one. */
export function aliasRedirectUris(
  { APP_URL_ALIASES: aliases = [] }: Pick<Env, "APP_URL_ALIASES"> = env(),
): string[] {
  return aliases.map((origin) => `${origin}${callbackPath}`);
}

/** All addresses (origins) of this server, its own one first. */
export function ownOrigins(
  { APP_URL: first, APP_URL_ALIASES: aliases = [] }: Pick<Env, "APP_URL" | "APP_URL_ALIASES"> = env(),
): string[] {
  return [new URL(first).origin, ...aliases];
}
