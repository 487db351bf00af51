/**
 * What a booking leaves behind for the counts that keep strangers from being written to: its sender's network and the mailboxes that
 * it names, as keyed hashes. Only bookings of senders who are neither trusted nor confirmed leave any.
 */
import { createHmac } from "node:crypto";
import { isIP } from "node:net";
import { networkOf } from "@/lib/auth/client-address";
import { env } from "@/lib/config/env";
import { mailboxKey } from "@/lib/input/addresses";

export interface Traces {
  networkHash: bigint;
  /** The visitor's first. */
  recipientHashes: bigint[];
  /** False: the network says nothing about its sender (`isAnyones`). */
  isNetworkKnown: boolean;
}

/** The columns of a new booking, as `insertTogether` takes them. */
export function traceColumns({ networkHash, recipientHashes }: Traces) {
  return { networkHash, recipientHashes: `{${recipientHashes.join(",")}}` };
}

/** The columns of a booking that leaves none, or no longer. */
export const noTraces = { networkHash: null, recipientHashes: [] };

/** The traces of a booking that comes from this address and names these people, the visitor first. */
export function tracesOf(address: string | undefined, recipients: readonly string[]): Traces {
  const mailboxes = new Set(recipients.map(mailboxKey));
  return {
    isNetworkKnown: !isAnyones(address),
    networkHash: keyed(`network ${blockOf(address ?? "unknown")}`),
    recipientHashes: [...mailboxes].map((mailbox) => keyed(`recipient ${mailbox}`)),
  };
}

/** The block that one sender can easily move about in: the /24 of an IPv4 address, the /48 of an IPv6 address. PURE. */
export function blockOf(address: string): string {
  if (isIP(address) === 4) return `${address.split(".").slice(0, 3).join(".")}.0/24`;
  if (isIP(address) !== 6) return address;
  return `${networkOf(address).split(":").slice(0, 3).join(":")}::/48`;
}

/**
 * True where an address says nothing about the sender: it is this machine's own, or none is known. So it is for everyone behind a proxy
 * that `TRUST_PROXY` doesn't name. PURE.
 */
export function isAnyones(address: string | undefined): boolean {
  return address === undefined || isIP(address) === 0 || address === "::1" || address.startsWith("127.");
}

/** Eight bytes: they are compared within one hour, and stay small beside each booking. */
function keyed(text: string): bigint {
  const hmac = createHmac("sha256", env().SESSION_SECRET[0] ?? "").update(`shield ${text}`);
  return hmac.digest().readBigInt64BE();
}
