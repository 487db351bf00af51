import { describe, expect, it } from "vitest";
import { blockChoices, readBlockValue, sendersValues } from "@/lib/shield/block-value";

const read = (kind: "address" | "domain" | "network", text: string) => {
  const value = readBlockValue(kind, text);
  return value.ok ? value.value : value.error.code;
};

describe("what someone is blocked by", () => {
  it.each([
    ["address", " Spam@Example.ORG ", "spam@example.org"],
    ["address", "v.e.r.a+win@googlemail.com", "vera@gmail.com"],
    ["address", "vera+1@example.org", "vera@example.org"],
    ["address", "jörg@example.org", "email_form"],
    ["address", "example.org", "email_form"],
    ["domain", "Example.ORG", "example.org"],
    ["domain", "@mail.example.org.", "mail.example.org"],
    ["domain", "*.example.org", "example.org"],
    ["domain", "müller.example", "xn--mller-kva.example"],
    ["domain", "example", "block_domain_form"],
    ["domain", "spam@example.org", "block_domain_form"],
    ["domain", "exa mple.org", "block_domain_form"],
    ["domain", "gmail.com", "block_domain_shared"],
    ["domain", "Outlook.com", "block_domain_shared"],
    ["domain", "yahoo.co.jp", "block_domain_shared"],
    ["domain", "onmicrosoft.com", "block_domain_shared"],
    ["domain", "contoso.onmicrosoft.com", "contoso.onmicrosoft.com"],
    ["domain", "co.uk", "block_domain_shared"],
    ["domain", "outlook-offers.com", "outlook-offers.com"],
    ["network", "203.0.113.77", "203.0.113.0/24"],
    ["network", "203.0.113.0/24", "203.0.113.0/24"],
    ["network", "203.0.113.0/16", "block_network_form"],
    ["network", "::ffff:203.0.113.9", "203.0.113.0/24"],
    ["network", "::ffff:cb00:7109", "203.0.113.0/24"],
    ["network", "2001:DB8:0001::7", "2001:db8:1::/48"],
    ["network", "2001:db8:1::/48", "2001:db8:1::/48"],
    ["network", "2001:db8:1::/24", "block_network_form"],
    ["network", "203.0.113", "block_network_form"],
    ["network", "203.0.113.0/24/24", "block_network_form"],
    ["network", "127.0.0.1", "block_network_own"],
    ["network", "::1", "block_network_own"],
  ] as const)("%s %s is read as %s", (kind, text, expected) => {
    expect(read(kind, text)).toBe(expected);
  });

  it("a sender is found by mailbox, by each domain above them, and by network where one is known", () => {
    const email = "Vera+2@mail.example.org";
    expect(sendersValues({ email, network: "203.0.113.0/24" })).toEqual([
      "vera@mail.example.org",
      "mail.example.org",
      "example.org",
      "203.0.113.0/24",
    ]);
    expect(sendersValues({ email: "vera@gmail.com", network: null })).toEqual([
      "vera@gmail.com",
      "gmail.com",
    ]);
    expect(sendersValues({ email: "vera@x.y.eu", network: null })).toEqual(["vera@x.y.eu", "x.y.eu", "y.eu"]);
  });

  it("a choice that would block strangers is not offered", () => {
    const kinds = (email: string, network: string | null) =>
      blockChoices({ email, network }).map(({ kind }) => kind);
    expect(kinds("vera@example.org", "203.0.113.0/24")).toEqual(["address", "domain", "network"]);
    expect(kinds("vera@gmail.com", null)).toEqual(["address"]);
  });
});
