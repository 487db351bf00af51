import { isIP } from "node:net";
import { env } from "@/lib/config/env";
import { isLoopbackHost } from "@/lib/config/loopback";

export interface PasskeySite {
  /** The domain that passkeys are for. */
  rpId: string;
  /** Where browsers may use them. */
  origin: string;
}

/**
 * The site that passkeys of this server belong to, by APP_URL; null where browsers have none: at a bare IP address, or without TLS anywhere
 * but on this machine (WebAuthn, 5.1.2).
 */
export function passkeySite({ APP_URL }: { APP_URL: string } = env()): PasskeySite | null {
  const { origin, hostname, protocol } = new URL(APP_URL);
  const isSafe = protocol === "https:" || isLoopbackHost(hostname);
  return isSafe && isIP(hostname.replace(/^\[|\]$/g, "")) === 0 ? { rpId: hostname, origin } : null;
}
