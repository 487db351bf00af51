import { describe, expect, it } from "vitest";
import { addressKey, distinctAddresses, readAddressList } from "@/lib/input/addresses";

describe("a list of addresses", () => {
  it.each([
    [
      'Ada <ada@example.org>; "Grace, H." <grace@example.org>, x@y.example',
      ["ada@example.org", "grace@example.org", "x@y.example"],
    ],
    [
      "Hopper, Grace <grace@example.org>; Lovelace, Ada <ada@example.org>",
      ["grace@example.org", "ada@example.org"],
    ],
    ["'Ada' <ada@example.org>\r\nGrace <grace@example.org>", ["ada@example.org", "grace@example.org"]],
    ["Ada <ada@example.org> Grace <grace@example.org>", ["ada@example.org", "grace@example.org"]],
    ["ada@example.org <ada@example.org>;", ["ada@example.org"]],
    ["Ada <mailto:ada@example.org>", ["ada@example.org"]],
    [
      "ada@example.org,  max@example.org;\nmia@example.org li@example.org",
      ["ada@example.org", "max@example.org", "mia@example.org", "li@example.org"],
    ],
    ['"Sales; Europe" <sales@example.org>', ["sales@example.org"]],
    [" ;, \n", []],
    ["", []],
  ])("the list of addresses %j is read", (text, addresses) => {
    expect(readAddressList(text)).toEqual(addresses);
  });

  it.each([
    ["lena, mia@example.org", "lena"],
    ["lena; Mia <mia@example.org>", "lena"],
    ["Ada ada@example.org", "Ada"],
    ["jon(at)example.org, ada@example.org", "jon(at)example.org"],
    ["Ada <>", "Ada"],
    ['"ada@example.org" <grace@example.org>', "ada@example.org <grace@example.org>"],
  ])("the list of addresses %j keeps what is unclear as it is", (text, entry) => {
    expect(readAddressList(text)).toContain(entry);
  });
});

describe("two spellings of one address", () => {
  it("two spellings of one address are one: case, blanks around it, and how an accent was typed make no difference", () => {
    expect(addressKey(" Ada@Example.ORG ")).toBe(addressKey("ada@example.org"));
    expect(addressKey("jose\u0301@example.org")).toBe(addressKey("josé@example.org"));
  });

  it("two spellings of one address are two where a dot or a plus makes the difference", () => {
    expect(addressKey("a.da@example.org")).not.toBe(addressKey("ada@example.org"));
    expect(addressKey("ada+x@example.org")).not.toBe(addressKey("ada@example.org"));
  });

  it("two spellings of one address leave the first of each, less those of others", () => {
    const list = ["ada@example.org", "ADA@example.org", "Grace@example.org", "max@example.org"];
    expect(distinctAddresses(list, ["grace@EXAMPLE.org"])).toEqual(["ada@example.org", "max@example.org"]);
  });
});
