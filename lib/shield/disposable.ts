/** Mail providers that hand out an address to anyone for some minutes. PURE. Someone who reads their mail there can confirm a booking all the same. */
import * as mailchecker from "mailchecker";
import { domainsOf } from "@/lib/input/addresses";

/** They are in the list, but forward to the mailbox of a person who has signed up there. */
const forwarders = [
  "addy.io",
  "anonaddy.com",
  "anonaddy.me",
  "duck.com",
  "mozmail.com",
  "passmail.net",
  "relay.firefox.com",
  "simplelogin.co",
  "simplelogin.com",
];

/** A CommonJS module: what it exports is named in some loaders, and in Node's own only the default. */
const { blacklist } = "default" in mailchecker ? (mailchecker.default as typeof mailchecker) : mailchecker;

const listed = blacklist();

/** True for an address at one of these providers, or at a domain below one of theirs. */
export function isDisposable(email: string): boolean {
  const domains = domainsOf(email);
  return (
    domains.some((domain) => listed.has(domain)) && !domains.some((domain) => forwarders.includes(domain))
  );
}
