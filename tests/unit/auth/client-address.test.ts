import { describe, expect, test } from "vitest";
import { clientAddress, isLoopback, networkOf } from "@/lib/auth/client-address";

const sent = (peer: string, forwardedFor?: string) =>
  new Headers({ "x-bellhop-peer": peer, ...(forwardedFor ? { "x-forwarded-for": forwardedFor } : {}) });

describe("the address a request came from", () => {
  test.each([
    [
      "without proxies, the caller's own word counts for nothing",
      sent("203.0.113.9", "1.2.3.4"),
      0,
      "203.0.113.9",
    ],
    ["one proxy: the last entry", sent("10.0.0.1", "1.2.3.4, 203.0.113.9"), 1, "203.0.113.9"],
    ["two proxies: the last but one", sent("10.0.0.1", "1.2.3.4, 203.0.113.9, 10.0.0.2"), 2, "203.0.113.9"],
    ["fewer entries than proxies: the socket's other end", sent("10.0.0.1", "1.2.3.4"), 2, "10.0.0.1"],
    ["no such header: the socket's other end", sent("10.0.0.1"), 1, "10.0.0.1"],
    ["an entry that is no address", sent("10.0.0.1", "unknown"), 1, "10.0.0.1"],
    ["an entry with a port", sent("10.0.0.1", "203.0.113.9:5123"), 1, "203.0.113.9"],
    ["an IPv6 entry with a port", sent("10.0.0.1", "[2001:db8::7]:5123"), 1, "2001:db8::7"],
    ["IPv4 written as IPv6", sent("::ffff:203.0.113.9"), 0, "203.0.113.9"],
    ["nothing known", new Headers(), 0, "unknown"],
  ])("the address a request came from: %s", (_what, headers, proxies, address) => {
    expect(clientAddress(headers, proxies)).toBe(address);
  });
});

test.each([
  ["127.0.0.1", undefined, true],
  ["::ffff:127.0.0.1", undefined, true],
  ["::1", undefined, true],
  ["203.0.113.9", undefined, false],
  ["127.0.0.1", "203.0.113.9", false],
  ["127.0.0.1", "127.0.0.1, 203.0.113.9", false],
  ["::ffff:127.0.0.1", "::ffff:127.0.0.1", true],
  ["::1", "::1", true],
])("peer %s with X-Forwarded-For %s is this machine: %s", (peer, forwardedFor, expected) => {
  expect(isLoopback(sent(peer, forwardedFor))).toBe(expected);
});

test.each([
  ["203.0.113.9", "203.0.113.9"],
  ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"],
  ["2001:0DB8:0001:0002::1", "2001:db8:1:2::/64"],
  ["2001:db8::1", "2001:db8:0:0::/64"],
  ["::1", "0:0:0:0::/64"],
  ["ada@example.test", "ada@example.test"],
])("%s is counted as %s", (address, network) => {
  expect(networkOf(address)).toBe(network);
});
