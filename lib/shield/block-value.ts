/** What a sender can be blocked by, in the one spelling that they are compared by. PURE. */
import { isIP } from "node:net";
import { coarseNetworkOf, isLoopbackAddress, readNetworkAddress } from "@/lib/auth/client-address";
import { addressKey, domainsOf, mailboxKey } from "@/lib/input/addresses";
import { mailAddress } from "@/lib/input/email";
import { err, ok, type Result } from "@/lib/result";
import { isSharedDomain } from "@/lib/shield/public-mail";

/** The narrowest first. */
export const blockKinds = ["address", "domain", "network"] as const;

export type BlockKind = (typeof blockKinds)[number];

/** Names of complaints in messages/en/validation.json. */
export type BlockComplaint =
  | "email_form"
  | "block_domain_form"
  /** A provider that strangers share. */
  | "block_domain_shared"
  | "block_network_form"
  /** This machine itself: everyone behind a proxy that isn't counted comes from there. */
  | "block_network_own";

/**
 * Reads what someone typed or pasted. An address stands for its mailbox (`mailboxKey`), a domain for all below it, and an address of a network for
 * its whole network: the /24 of IPv4, the /48 of IPv6.
 */
export function readBlockValue(kind: BlockKind, text: string): Result<string, { code: BlockComplaint }> {
  const given = text.trim();
  switch (kind) {
    case "address": {
      const address = mailAddress.safeParse(given);
      return address.success ? ok(mailboxKey(address.data)) : err("email_form");
    }
    case "domain":
      return readDomain(given.replace(/^(?:\*\.|@)/, "").replace(/\.$/, ""));
    case "network":
      return readNetwork(given);
  }
}

/** What someone means who typed this into a field for all three. */
export function kindOf(text: string): BlockKind {
  const given = text.trim();
  if (given.includes("/") || readNetworkAddress(given) !== null) return "network";
  return given.lastIndexOf("@") > 0 ? "address" : "domain";
}

function readDomain(text: string): Result<string, { code: BlockComplaint }> {
  const address = mailAddress.safeParse(`a@${text}`);
  if (!address.success || !text.includes(".") || text.includes("@")) return err("block_domain_form");
  const domain = domainOf(address.data);
  return isSharedDomain(domain) ? err("block_domain_shared") : ok(domain);
}

/** How long a prefix is blocked, and so may be named; a single address names its network too. */
const prefixOf = { 4: "24", 6: "48" } as const;

function readNetwork(text: string): Result<string, { code: BlockComplaint }> {
  const [first = "", prefix, ...others] = text.split("/");
  const address = readNetworkAddress(first);
  const family = address === null ? 0 : isIP(address);
  if (address === null || (family !== 4 && family !== 6) || others.length > 0)
    return err("block_network_form");
  if (prefix !== undefined && prefix !== prefixOf[family]) return err("block_network_form");
  return isLoopbackAddress(address) ? err("block_network_own") : ok(coarseNetworkOf(address));
}

/** Everything by which a sender may be blocked; `network` is null where it says nothing about them. */
export function sendersValues({ email, network }: { email: string; network: string | null }): string[] {
  return [mailboxKey(email), ...domainsOf(email), ...(network === null ? [] : [network])];
}

/** What a booking's sender can be blocked by, with each value; a domain that strangers share is left out. */
export function blockChoices(sender: {
  email: string;
  network: string | null;
}): { kind: BlockKind; value: string }[] {
  const domain = readDomain(domainOf(sender.email));
  return [
    { kind: "address" as const, value: mailboxKey(sender.email) },
    ...(domain.ok ? [{ kind: "domain" as const, value: domain.value }] : []),
    ...(sender.network === null ? [] : [{ kind: "network" as const, value: sender.network }]),
  ];
}

function domainOf(address: string): string {
  const key = addressKey(address);
  return key.slice(key.lastIndexOf("@") + 1);
}
