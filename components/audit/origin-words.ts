import { isLoopbackAddress } from "@/lib/auth/client-address";
import type { Locale } from "@/lib/i18n/languages";
import { translator } from "@/lib/i18n/translator";

/**
 * Where a request came from, in words: a network as it's written, and what it is where the reader can't see that from its number. `origin`
 * is as the audit log and signed-in devices keep it (lib/auth/client-address.ts).
 */
export function originWords(origin: string, locale: Locale): string {
  const words = translator("audit", locale);
  if (origin === "command line") return words("origin.command_line");
  if (origin.startsWith("scim ")) {
    return words("origin.directory", { network: originWords(origin.slice("scim ".length), locale) });
  }
  const [address = ""] = origin.split("/");
  if (isThisServer(address)) return words("origin.server");
  if (localNetworks.test(address)) return words("origin.local", { network: origin });
  return origin;
}

/** The /48 of `::1` is kept as `0:0:0::`. */
function isThisServer(address: string): boolean {
  return address === "0:0:0::" || isLoopbackAddress(address);
}

/** RFC 1918, RFC 4193 and RFC 3927: networks of a home or an organization. */
const localNetworks = /^(10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|169\.254\.|f[cd][\da-f]{2}:)/;
