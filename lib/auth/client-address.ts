import { isIP } from "node:net";
import { env } from "@/lib/config/env";

/** Set by our own HTTP server to the address of the socket's peer; a value sent from outside is overwritten there. */
export const peerHeader = "x-bellhop-peer";

/**
 * The address a request came from. With `TRUST_PROXY=n` it is the n-th from the right of `X-Forwarded-For`: what the
 * outermost of our own n proxies saw. Anything further left is only the caller's claim.
 */
export function clientAddress(headers: Headers, trustedProxies = env().TRUST_PROXY): string {
  const peer = readNetworkAddress(headers.get(peerHeader) ?? "") ?? "unknown";
  if (trustedProxies === 0) return peer;
  const hops = (headers.get("x-forwarded-for") ?? "").split(",");
  const seen = hops.length >= trustedProxies ? hops[hops.length - trustedProxies] : undefined;
  return readNetworkAddress(seen ?? "") ?? peer;
}

/**
 * True when the request came from this machine itself, and not through a proxy on it. Next.js writes the socket's other end
 * into `X-Forwarded-For` where there was none; a proxy writes its caller.
 */
export function isLoopback(headers: Headers): boolean {
  const peer = readNetworkAddress(headers.get(peerHeader) ?? "");
  const forwarded = headers.get("x-forwarded-for");
  const isDirect = forwarded === null || readNetworkAddress(forwarded) === peer;
  return isDirect && peer !== null && isLoopbackAddress(peer);
}

/** True for an address of this machine itself. PURE. */
export function isLoopbackAddress(address: string): boolean {
  return address === "::1" || address.startsWith("127.");
}

/**
 * The block that one sender can easily move about in, and so where an address is, roughly: the /24 of an IPv4 address, the /48 of an
 * IPv6 address. Anything else as it is. PURE.
 */
export function coarseNetworkOf(address: string): string {
  const family = isIP(address);
  if (family === 4) return `${address.slice(0, address.lastIndexOf("."))}.0/24`;
  if (family !== 6) return address;
  return `${networkOf(address).split(":").slice(0, 3).join(":")}::/48`;
}

/** Where a request came from, as the audit log keeps it: the network, roughly. */
export function originOf(headers: Headers): string {
  return coarseNetworkOf(clientAddress(headers));
}

/**
 * What one subscriber can call from: an IPv4 address, or the /64 of an IPv6 address (RFC 6177 gives every site at least
 * one, so that single addresses of it cost nothing).
 */
export function networkOf(address: string): string {
  if (isIP(address) !== 6) return address;
  const [head = "", tail] = address.toLowerCase().split("%")[0]?.split("::") ?? [];
  const left = head.split(":").filter(Boolean);
  const right = tail === undefined ? [] : tail.split(":").filter(Boolean);
  const zeros = Array<string>(Math.max(0, 8 - left.length - right.length)).fill("0");
  const groups = tail === undefined ? left : [...left, ...zeros, ...right];
  return `${groups
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ""))
    .join(":")}::/64`;
}

/** An address without port and brackets; an IPv4 address mapped into IPv6 is written as IPv4. Null: not an address. PURE. */
export function readNetworkAddress(text: string): string | null {
  const trimmed = text.trim();
  const inner = /^\[(.+)\](?::\d+)?$/.exec(trimmed)?.[1] ?? trimmed.replace(/^([\d.]+):\d+$/, "$1");
  const family = isIP(inner);
  return family === 6 ? (mappedIn(inner) ?? inner) : family === 4 ? inner : null;
}

/** The IPv4 address that an IPv6 address stands for (RFC 4291, 2.5.5.2), however it is spelled; null: none. */
function mappedIn(address: string): string | null {
  // As Node spells the other end of every IPv4 connection: reading that as an address of the web costs more than all else here.
  const usual = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/.exec(address)?.[1];
  if (usual !== undefined) return usual;
  const bare = `http://[${address.split("%")[0]}]`;
  const parts = /^\[::ffff:([\da-f]+):([\da-f]+)\]$/.exec(new URL(bare).hostname);
  if (!parts) return null;
  return parts
    .slice(1)
    .map((group) => Number.parseInt(group, 16))
    .flatMap((group) => [group >> 8, group & 255])
    .join(".");
}
