/**
 * What a booking leaves behind for the counts that keep strangers from being written to: its sender's network and the mailboxes that
 * it names, as keyed hashes. Only bookings of senders who are neither trusted nor confirmed leave any.
 */
import { createHmac, hash } from "node:crypto";
import { isIP } from "node:net";
import { coarseNetworkOf, isLoopbackAddress } from "@/lib/auth/client-address";
import { env } from "@/lib/config/env";
import { db } from "@/lib/database/client";
import type { NewRow } from "@/lib/database/direct";
import { mailboxKey } from "@/lib/input/addresses";
import { sendersValues } from "@/lib/shield/block-value";

export interface Traces {
  networkHash: bigint;
  /** The visitor's first. */
  recipientHashes: bigint[];
  /** False: the network says nothing about its sender (`isAnyones`). */
  isNetworkKnown: boolean;
  /** In plain: the network it comes from; null where that says nothing. Stored only sealed, and only while the booking is held. */
  network: string | null;
  /** What its sender may be blocked by. */
  blockValues: string[];
}

/** The columns of a new booking, as a statement takes them: the driver would write a list piece by piece. */
export function traceColumns({ networkHash, recipientHashes }: Traces) {
  return { networkHash, recipientHashes: `{${recipientHashes.join(",")}}` };
}

/**
 * Rows that note the mailboxes which a booking names, for the count over all organizers. None where the network is no one's: what is booked
 * behind a proxy that isn't counted would be held against everyone who is named there often. `now` is epoch milliseconds.
 */
export function recipientRows(
  { isNetworkKnown, recipientHashes }: Traces,
  bookingId: string,
  now: number,
): NewRow[] {
  if (!isNetworkKnown) return [];
  return recipientHashes.map((hash) => ["RecipientTrace", { hash, createdAt: new Date(now), bookingId }]);
}

/** Deletes what no count looks at any more. `now` is epoch milliseconds. */
export async function sweepRecipients(now = Date.now()): Promise<void> {
  await db().recipientTrace.deleteMany({ where: { createdAt: { lt: new Date(now - 3600_000) } } });
}

/** The columns of a booking that leaves none, or no longer. */
export const noTraces = { networkHash: null, recipientHashes: [] };

/** The traces of a booking that comes from this address and names these people, the visitor first. */
export function tracesOf(address: string | undefined, recipients: readonly string[]): Traces {
  const mailboxes = new Set(recipients.map(mailboxKey));
  const isNetworkKnown = !isAnyones(address);
  const coarse = coarseNetworkOf(address ?? "unknown");
  const network = isNetworkKnown ? coarse : null;
  return {
    isNetworkKnown,
    network,
    blockValues: sendersValues({ email: recipients[0] ?? "", network }),
    networkHash: keyed("network", coarse),
    recipientHashes: [...mailboxes].map((mailbox) => keyed("recipient", mailbox)),
  };
}

/** The keyed hash of an address's network. */
export function networkHashOf(address: string | undefined): bigint {
  return keyed("network", coarseNetworkOf(address ?? "unknown"));
}

/**
 * True where an address says nothing about the sender: it is this machine's own, or none is known. So it is for everyone behind a proxy
 * that `TRUST_PROXY` doesn't name. PURE.
 */
export function isAnyones(address: string | undefined): boolean {
  return address === undefined || isIP(address) === 0 || isLoopbackAddress(address);
}

/**
 * Eight bytes of a keyed hash: they are compared within one hour, and stay small beside each booking. No one can go on from what is cut off, so
 * a key in front is enough; it costs a fifth of an HMAC.
 */
function keyed(what: "network" | "recipient", name: string): bigint {
  const digits = hash("sha256", `${keyFor(env().SESSION_SECRET[0] ?? "")} ${what} ${name}`).slice(0, 16);
  return BigInt.asIntN(64, BigInt(`0x${digits}`));
}

let derived: { secret: string; key: string } | undefined;

function keyFor(secret: string): string {
  if (derived?.secret !== secret) {
    derived = { secret, key: createHmac("sha256", secret).update("shield").digest("base64url") };
  }
  return derived.key;
}
