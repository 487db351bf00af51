import type { LookupAddress } from "node:dns";
import { afterEach, expect, it, vi } from "vitest";
import { publicLookup } from "@/lib/webhooks/targets";

/** What the name server answers. */
let answer: LookupAddress[] = [];
vi.mock("node:dns", () => ({
  lookup: (_name: string, _options: object, callback: (error: null, found: LookupAddress[]) => void) =>
    callback(null, answer),
}));
afterEach(() => {
  answer = [];
});

const open: LookupAddress = { address: "93.184.215.14", family: 4 };
const other: LookupAddress = { address: "2606:2800:21f::1", family: 6 };
const inside: LookupAddress = { address: "10.1.2.3", family: 4 };

const lookUp = (all: boolean) =>
  new Promise((resolve) => {
    publicLookup("hooks.example", { all }, (error, found) => resolve(error ?? found));
  });

it.each([[[open, inside]], [[inside, open]], [[open, other, inside]], [[inside]]])(
  "a webhook's name that leads to %j is refused, for one of the addresses is not public",
  async (found) => {
    for (const all of [true, false]) {
      answer = found;
      expect(await lookUp(all)).toMatchObject({ code: "private_target" });
    }
  },
);

it("a webhook's name is looked up as Node does where all its addresses are public", async () => {
  answer = [open, other];
  expect(await lookUp(true)).toEqual([open, other]);
  expect(await lookUp(false)).toBe(open.address);
});
