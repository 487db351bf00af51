/** Where webhooks may go: an organizer's address must not become a way into the network that Bellhop runs in. */
import { type LookupAddress, lookup } from "node:dns";
import { BlockList, isIP, type LookupFunction } from "node:net";

// IANA special-purpose address registries (RFC 6890 and its successors): nothing of these is on the public Internet.
const notPublic = new BlockList();
for (const [address, prefix] of [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.0.2.0", 24],
  ["192.168.0.0", 16],
  ["198.18.0.0", 15],
  ["198.51.100.0", 24],
  ["203.0.113.0", 24],
  ["224.0.0.0", 3],
] as const) {
  notPublic.addSubnet(address, prefix, "ipv4");
}

// Of IPv6 only global unicast is public, without documentation addresses and those that carry an IPv4 address.
const globalUnicast = new BlockList();
globalUnicast.addSubnet("2000::", 3, "ipv6");
for (const [address, prefix] of [
  ["2001::", 23],
  ["2001:db8::", 32],
  ["2002::", 16],
  ["3fff::", 20],
] as const) {
  notPublic.addSubnet(address, prefix, "ipv6");
}

/** True for an IP address that anyone on the Internet could reach. */
export function isPublicAddress(address: string): boolean {
  if (isIP(address) === 4) return !notPublic.check(address, "ipv4");
  return globalUnicast.check(address, "ipv6") && !notPublic.check(address, "ipv6");
}

/** Why a webhook can't go to an address; null when it can, judging by the address alone. */
export function targetProblem(
  text: string,
  targets: "public" | "any",
): "webhook_url" | "webhook_not_https" | "webhook_private" | null {
  const url = URL.canParse(text) ? new URL(text) : null;
  const isPlain = url && !(url.username || url.password || url.hash) && !/[\s\p{Cc}\p{Cs}]/u.test(text);
  if (!isPlain || !/^https?:$/.test(url.protocol)) return "webhook_url";
  if (targets === "any") return null;
  if (url.protocol !== "https:") return "webhook_not_https";
  const host = url.hostname.replace(/^\[|\]$/g, "");
  const isLocalName = !host.includes(".") && isIP(host) === 0;
  const isPrivate = isIP(host) !== 0 && !isPublicAddress(host);
  return isLocalName || isPrivate || /\.(localhost|local|internal)$/i.test(host) ? "webhook_private" : null;
}

/** The name leads into a network that is not public. */
export class PrivateTarget extends Error {
  readonly code = "private_target";
}

/** Looks a name up as Node does and refuses it if any of its addresses is not public: judged where the connection is made. */
export const publicLookup: LookupFunction = (hostname, options, callback) => {
  lookup(hostname, { ...options, all: true }, (error, found) => {
    if (error) return callback(error, "", 0);
    const addresses: LookupAddress[] = found;
    if (!addresses.every(({ address }) => isPublicAddress(address))) {
      return callback(new PrivateTarget("The name leads into a network that is not public."), "", 0);
    }
    if (options.all) return callback(null, addresses);
    const [first] = addresses;
    return callback(null, first?.address ?? "", first?.family ?? 0);
  });
};
